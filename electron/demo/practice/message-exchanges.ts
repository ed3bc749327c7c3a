/** What the practice asked or offered, and what fits as an answer. {name} is who wrote first. */
type Exchange = readonly [question: string, answers: readonly [string, ...string[]]];

export const DESK_EXCHANGES: readonly [Exchange, ...Exchange[]] = [
  [
    'Kia ora {name}, we have a time on {day} at 10:20 am or 2:40 pm. Which suits you better?',
    [
      'Thank you, 2:40 pm would be great.',
      'Neither of those suits me sorry, I work until 5. Is there anything later?',
      '10:20 please. Ngā mihi',
    ],
  ],
  [
    'Kia ora {name}, thank you for your message. I have asked {gp} and will come back to you by {day}. Ngā mihi',
    [
      'Any news on this? I have not heard back yet.',
      'Thanks. I am away from {day}, so before then would be best.',
      'Kia ora, just checking whether {gp} has had a look at this.',
    ],
  ],
  [
    'Hello {name}, thanks for letting us know. Could you tell me your date of birth and the address we have on file, so that I can be sure I have the right record?',
    [
      'It should be the address on my last letter from you. Date of birth as on my portal account.',
      'Sure. Can I bring my licence in instead? I will be past on {day}.',
    ],
  ],
  [
    'Kia ora {name}, there is a charge for this of {n}0 dollars. Would you still like us to go ahead?',
    [
      'Yes please, go ahead. Can I pay when I come in?',
      'Oh, I did not know that. I have a Community Services Card, does that change it?',
      'That is fine, thank you.',
    ],
  ],
];

export const CLINICAL_EXCHANGES: readonly [Exchange, ...Exchange[]] = [
  [
    'Kia ora {name}, how long has this been going on, and have you tried anything for it yet? Ngā mihi',
    [
      'It has been about {n} days now. I have only tried Panadol.',
      'On and off for {n} weeks. Nothing from the chemist has helped.',
      'Since {day}. It is a bit worse today than when I wrote.',
    ],
  ],
  [
    'Hello {name}, thanks for writing. Is it all right if I phone you this afternoon? For anything urgent phone us on 09 555 0100, or 111 in an emergency.',
    [
      'Yes please, this afternoon is fine. I am home after 1.',
      'I am at work until 5 but can step out if you ring at 3.',
      'Sorry, I missed your call. Can you try again?',
    ],
  ],
  [
    'Kia ora {name}, I would like to see you about this. Which days suit you this week?',
    [
      '{day} is good for me, any time.',
      'Only {day} morning, sorry. Could it be a phone call instead?',
      'Kia ora, thanks for getting back to me so quickly. Any day but {day}. Ngā mihi',
    ],
  ],
  [
    'Hello {name}, do you take anything else at the moment, also from the chemist or the supermarket? And any allergies that are not on our record?',
    ['Only what you have on file, and fish oil.', 'I think I am allergic to trimethoprim. It was a long time ago.', 'No, nothing else.'],
  ],
];

/** Sent soon after the first message, before anyone has answered. */
export const ADDITIONS = [
  'Sorry, forgot to say: I am away from {day}, so before then would be best.',
  'Best to ring me on my mobile if you need me. Thanks',
  'Sorry, just to add that this is not urgent.',
  'PS I can come in any day but {day}.',
  'Sent that too early! I will be at home tomorrow if you want to ring.',
  'Ngā mihi, and thanks for all your help. 🙏',
] as const;
