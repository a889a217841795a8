/**
 * What the simulation assumes. All of it is invented to give reports something to show; none of it is an estimate of
 * how any agency serves.
 *
 * Effects are in standard deviations of a latent satisfaction that the cuts below turn into codes 1 to 5.
 */
import type { UnitKind } from '../../server/domain/units/unit.js'

/** Latent satisfaction from which a rating becomes 2, 3, 4, 5: about 78 % in the two best codes at zero. */
export const CUTS = [-2.3, -1.6, -0.84, 0.67] as const

/** Standard deviations of the parts of a rating that differ from person to person. */
export const SPREAD = { respondent: 0.75, respondentFactor: 0.35, answer: 0.62 } as const

/** By service code; a service not named has none. */
export const SERVICE_EFFECT: Readonly<Record<string, number>> = {
  DAT: -0.45,
  XD: -0.3,
  HT: 0.25,
  CT: 0.3,
  CCCD: 0.15,
  DT: -0.2,
  THUE: -0.15,
  PCCC: -0.25,
  MT: -0.2,
  KNTC: -0.6,
  BUYT: -0.25,
  MN: 0.3,
  TH: 0.25,
}

/** By item code of the questionnaires: harder than others where negative. */
export const ITEM_EFFECT: Readonly<Record<string, number>> = {
  A1: 0.15,
  A3: -0.05,
  A4: -0.15,
  A5: -0.4,
  B1: -0.1,
  B3: -0.2,
  B4: 0.3,
  B5: -0.35,
  C1: 0.2,
  C4: -0.15,
  C6: 0.05,
  D1: 0.2,
  D3: 0.1,
  E1: -0.1,
  E2: -0.3,
  E3: -0.45,
  E4: -0.6,
  F1: -0.25,
  F2: -0.15,
  G2: -0.1,
  G3: -0.45,
  K1: -0.35,
  K2: -0.2,
  T3: -0.25,
  B2: -0.15,
  N3: -0.3,
  Z1: -0.4,
}

/** Spread of items not named above, drawn once per item. */
export const OTHER_ITEM_SPREAD = 0.15

/** The mood of each calendar month, January first. */
export const MONTH_EFFECT = [-0.06, -0.1, 0.02, 0.03, 0.03, 0, 0, -0.02, -0.06, 0, 0.02, -0.05] as const

/** How much of an officer's own effect reaches a factor: all of it where officials themselves are rated. */
export const OFFICER_LOADING: Readonly<Record<string, number>> = { CC: 1 }
export const OTHER_OFFICER_LOADING = 0.4

/** Dossiers of a usual unit on a usual working day, by kind; units made from others have what those had. */
export const VOLUME: Readonly<Partial<Record<UnitKind, number>>> = {
  so: 150,
  ban: 30,
  nganh_doc: 500,
  don_vi_su_nghiep: 40,
  quan: 260,
  huyen: 220,
  tp_truc_thuoc: 500,
  phuong: 45,
  xa: 40,
  thi_tran: 35,
  dac_khu: 20,
}
/** Standard deviation, on the log scale, of dossiers between units of a kind. */
export const VOLUME_SPREAD = 0.45

/** Share that finds an item not applicable, where the item allows it. */
export const NOT_APPLICABLE: Readonly<Record<string, number>> = {
  A2: 0.1,
  A3: 0.18,
  A4: 0.24,
  A5: 0.12,
  B4: 0.15,
  D1: 0.03,
  D2: 0.03,
  D3: 0.03,
  E1: 0.12,
  E2: 0.35,
  F2: 0.25,
  G3: 0.3,
}
export const OTHER_NOT_APPLICABLE = 0.04
/** Share that does not know, where the item allows it; firms know little of informal payments of others. */
export const DONT_KNOW: Readonly<Record<string, number>> = { K1: 0.22, K2: 0.24, B2: 0.18, H2: 0.2, N2: 0.15, Z1: 0.15 }
export const OTHER_DONT_KNOW = 0.08
/** Share that leaves an item blank: ratings and facts; and the share of a tired respondent. */
export const BLANK = { usual: 0.012, tired: 0.55 } as const
/** Share of respondents who tire on the way. */
export const TIRED_SHARE = 0.05

/** Weights of the options of facts, by item code and option code; other items draw evenly. */
export const OPTION_WEIGHTS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  S1: { 1: 1 },
  S3: { 1: 97, 2: 3 },
  S6: { 1: 58, 2: 31, 3: 4, 4: 7 },
  S7: { 1: 80, 2: 13, 3: 4, 4: 2, 5: 1 },
  E0: { 1: 9, 2: 91 },
  H1: { 0: 12, 1: 30, 2: 37, 3: 14, 4: 7 },
  H2: { 1: 12, 2: 63, 3: 15, 4: 10 },
  H3: { 1: 35, 2: 65 },
  H4: { 2: 93, 1: 4, 98: 3 },
  H5: { 2: 93, 1: 2.5, 98: 4.5 },
  PL0: { 1: 8, 2: 92 },
  P3: { 1: 2, 2: 7, 3: 15, 4: 27, 5: 17, 6: 28, 7: 4 },
  P4: { 1: 22, 2: 6, 3: 11, 4: 30, 5: 13, 6: 10, 7: 8 },
  V1: { 1: 8, 2: 46, 3: 20, 4: 7, 5: 2, 6: 17 },
  V7: { 1: 24, 2: 38, 3: 28, 4: 10 },
}
/**
 * Facts that unhappy people report more often: the option, and how strongly (factor e per standard deviation).
 *
 * None of them decides whether a rating is asked or applies, so that every rating is given by a fair sample of feelings and
 * the true value of a criterion is that of everyone it applies to.
 */
export const UNHAPPY_OPTION: Readonly<Record<string, { readonly code: number; readonly strength: number }>> = {
  H1: { code: 4, strength: 0.8 },
  H2: { code: 3, strength: 0.9 },
  H4: { code: 1, strength: 1.1 },
  H5: { code: 1, strength: 1 },
}

/** Share that writes a comment, and what they write. */
export const COMMENT_SHARE = 0.05
export const COMMENTS = {
  vi: [
    'Nên có thêm ghế ngồi chờ.',
    'Cán bộ hướng dẫn tận tình, cảm ơn.',
    'Thời gian chờ còn lâu, nhất là buổi sáng.',
    'Mong được nhắn tin khi có kết quả.',
    'Trang nộp hồ sơ trực tuyến hay bị lỗi khi tải tệp lên.',
    'Phải đi lại nhiều lần vì thiếu giấy tờ không được báo trước.',
    'Bảng chỉ dẫn chưa rõ.',
  ],
  en: ['More seats would help.', 'Friendly staff, thank you.', 'The online form failed twice.'],
} as const
