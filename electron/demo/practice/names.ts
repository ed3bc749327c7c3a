/** Name stock of one people. Young and old differ only where they do so clearly in New Zealand. */
export interface NameStock {
  readonly share: number;
  /** Level 4 codes and displays of ethnic-group-level-4-code. */
  readonly ethnicity: readonly [readonly [string, string], ...(readonly [string, string])[]];
  readonly language?: readonly [string, string];
  readonly female: string;
  readonly male: string;
  readonly olderFemale?: string;
  readonly olderMale?: string;
  readonly family: string;
}

export const PAKEHA: NameStock = {
  share: 50,
  ethnicity: [['11111', 'New Zealand European']],
  female: 'Charlotte Olivia Isla Amelia Sophie Ruby Emma Georgia Hannah Lucy Zoe Kate Jessica Sarah Anna Bridget Siobhán Niamh Renée Holly',
  male: 'Oliver Jack Noah Leo George Lucas Thomas Hunter Liam Finn Ben Sam Matthew Daniel Ryan Josh Callum Angus Jacob Ethan',
  olderFemale:
    'Margaret Judith Patricia Barbara Heather Beverley Shirley Joan Elaine Christine Raewyn Gaylene Lynette Dorothy Noeline Colleen',
  olderMale: 'John Peter David Robert Graeme Bruce Murray Trevor Kevin Neville Ian Alan Colin Brian Ross Stewart',
  family:
    "Smith Wilson Brown Taylor Williams Anderson Thompson Walker Campbell MacDonald McKenzie O'Brien O'Connor D'Arcy Fraser Harris Clarke Hughes Watson Robinson Mitchell Young Sutherland Fitzgerald Hall Baker Cooper Ward Bennett Gray Thompson-Hart Ellis-Moore van_der_Berg de_Vries Jansen",
};

const MAORI: NameStock = {
  share: 20,
  ethnicity: [['21111', 'Māori']],
  female:
    'Aroha Ngāio Hinewai Kahurangi Marama Anahera Wikitōria Hēni Mere Kiri Rangimārie Maia Huia Pania Hinemoa Waimārie Ripeka Tia Ngaire Roimata',
  male: 'Tāne Hēmi Wiremu Tama Rāwiri Nīkau Hōne Manaaki Kāhu Tāmati Pita Hoani Mikaere Ariki Eruera Pāora Tūmanako Te_Koha Rongo Hōhepa',
  family:
    'Pōtiki Ngata Parata Tāwhai Te_Rangi Tāmihana Hēnare Kīngi Rēweti Waititi Paewai Te_Kanawa Kereama Tīpene Wharepapa Rangihuna Manihera Ruatapu Te_Whata Takerei Herewini Pōmare',
};

const SAMOAN: NameStock = {
  share: 5,
  ethnicity: [['31111', 'Samoan']],
  language: ['sm', 'Samoan'],
  female: "Sina Losa Fetū Talia Teuila Lagi Malia Sela Leilani Fa'amanu Tina Moana",
  male: "Tavita Ioane Iosefa Sefo Manu Tomasi Fa'afetai Setefano Semisi Ropati Lelei Peni",
  family: "Fa'asavalu Tuilagi Leota Fonoti Matagi Tu'uga Vaipulu Leavasa Fa'alogo Leiataua Tanuvasa",
};

const TONGAN: NameStock = {
  share: 3,
  ethnicity: [['33111', 'Tongan']],
  language: ['to', 'Tongan'],
  female: 'Mele ʻAna Lupe Sālote ʻOfa Losaline Siutaka Kalolaine',
  male: 'Sione Tevita Mosese Pita Viliami Semisi Sitiveni ʻIsileli',
  family: 'Taufa ʻOfahengaue Pulu Tupou Kupu Vea Fifita Latu Moala',
};

const ISLANDS: NameStock = {
  share: 2,
  ethnicity: [
    ['32100', 'Cook Islands Maori'],
    ['34111', 'Niuean'],
  ],
  female: 'Tiare Ngatokorua Moana Vaine Mata Tepaeru',
  male: 'Tangaroa Tuakana Ngatama Mokoroa Tere Pokino',
  family: 'Marsters Hekau Tuiatua Pukeiti Tuara Vakaafi',
};

const CHINESE: NameStock = {
  share: 7,
  ethnicity: [['42100', 'Chinese NFD']],
  language: ['zh', 'Mandarin'],
  female: 'Wei Li_Na Xiaoling Mei Jing Yan Hui Fang Grace Vivian Yuting Cindy',
  male: 'Wei Jun Ming Hao Lei Qiang Bo Jason Kevin Zhiyuan Tao Yong',
  family: 'Wang Li Zhang Chen Liu Huang Zhao Wu Lin Guo Xu Lü',
};

const INDIAN: NameStock = {
  share: 7,
  ethnicity: [
    ['43100', 'Indian NFD'],
    ['43112', 'Fijian Indian / Indo-Fijian'],
  ],
  language: ['hi', 'Hindi'],
  female: 'Priya Anjali Neha Divya Sunita Kavita Harpreet Simran Lakshmi Pooja Meera Asha',
  male: 'Arjun Rahul Vikram Sanjay Amit Harjit Gurpreet Rajesh Anil Ravi Dev Nikhil',
  family: 'Patel Singh Kaur Sharma Reddy Kumar Prasad Naidu Iyer Chand Lal Gupta',
};

const FILIPINO: NameStock = {
  share: 3,
  ethnicity: [['41111', 'Filipino']],
  language: ['fil', 'Filipino'],
  female: 'Maria Jasmine Angelica Rosario Cristina Liezel',
  male: 'José Mark Angelo Emmanuel Ramon Jericho',
  family: 'Santos Reyes dela_Cruz Bautista Villanueva',
};

const KOREAN: NameStock = {
  share: 1,
  ethnicity: [['44311', 'Korean']],
  language: ['ko', 'Korean'],
  female: 'Ji-woo Soo-jin Hye-jin Eun-ji',
  male: 'Min-jun Dong-hyun Sang-woo Jae-won',
  family: 'Kim Park Choi Lee',
};

const VIETNAMESE: NameStock = {
  share: 1,
  ethnicity: [['41311', 'Vietnamese']],
  language: ['vi', 'Vietnamese'],
  female: 'Hương Linh Thảo Lan',
  male: 'Minh Quân Dũng Hiếu',
  family: 'Nguyễn Trần Phạm',
};

const JAPANESE: NameStock = {
  share: 1,
  ethnicity: [['44211', 'Japanese']],
  language: ['ja', 'Japanese'],
  female: 'Yuki Sakura Keiko Aya',
  male: 'Haruto Kenji Takumi Hiroshi',
  family: 'Tanaka Satō Kobayashi',
};

export const STOCKS: readonly NameStock[] = [
  PAKEHA,
  MAORI,
  SAMOAN,
  TONGAN,
  ISLANDS,
  CHINESE,
  INDIAN,
  FILIPINO,
  KOREAN,
  VIETNAMESE,
  JAPANESE,
];

/** Names are kept as one line each; `_` stands for a space inside a name. */
export function namesIn(line: string): readonly [string, ...string[]] {
  const [first = '', ...rest] = line
    .normalize('NFC')
    .split(' ')
    .map((name) => name.replaceAll('_', ' '));
  return [first, ...rest];
}

export const STREETS = namesIn(
  'Kauri_Street Rimu_Road Tōtara_Avenue Pōhutukawa_Drive Kererū_Lane Tūī_Place Harakeke_Street Mānuka_Road Pāua_Crescent Kōwhai_Terrace Ferry_Steps_Road Lighthouse_Road Old_Mill_Lane Wharf_Street Signal_Hill_Road',
);
export const SUBURBS = namesIn('Kauri_Point Tūī_Glen Pāua_Bay Harbourside Upper_Rimu');
