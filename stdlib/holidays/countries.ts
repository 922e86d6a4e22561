import type { HolidayRule } from './index.ts';

type Span = { readonly from?: number; readonly until?: number };
const fixed = (month: number, day: number, name: string, span: Span = {}): HolidayRule => ({ kind: 'fixed', month, day, name, ...span });
const easter = (after: number, name: string, span: Span = {}): HolidayRule => ({ kind: 'easter', after, name, ...span });
const weekday = (nth: number, weekday: number, month: number, name: string, span: Span = {}, after = 0): HolidayRule => ({
  kind: 'weekday', nth, weekday, month, name, after, ...span,
});
const [MONDAY, THURSDAY] = [1, 4];

/**
 * National public holidays on their own dates: days in lieu of one that falls on a weekend are not among them, nor are
 * regional ones. Holidays of lunar calendars are left out: of China (Spring Festival, Qingming, Dragon Boat, Mid-Autumn),
 * of Morocco and Egypt (the two Eids, the Islamic New Year, the Prophet's birthday; of Egypt also the Coptic Easter).
 */
export const COUNTRIES: Readonly<Record<string, readonly HolidayRule[]>> = {
  FR: [
    fixed(1, 1, "Jour de l'An"), easter(1, 'Lundi de Pâques'), fixed(5, 1, 'Fête du Travail'), fixed(5, 8, 'Victoire 1945', { from: 1982 }),
    easter(39, 'Ascension'), easter(50, 'Lundi de Pentecôte'), fixed(7, 14, 'Fête nationale'), fixed(8, 15, 'Assomption'),
    fixed(11, 1, 'Toussaint'), fixed(11, 11, 'Armistice'), fixed(12, 25, 'Noël'),
  ],
  BE: [
    fixed(1, 1, 'Nouvel An'), easter(1, 'Lundi de Pâques'), fixed(5, 1, 'Fête du Travail'), easter(39, 'Ascension'),
    easter(50, 'Lundi de Pentecôte'), fixed(7, 21, 'Fête nationale'), fixed(8, 15, 'Assomption'), fixed(11, 1, 'Toussaint'),
    fixed(11, 11, 'Armistice'), fixed(12, 25, 'Noël'),
  ],
  CH: [fixed(1, 1, 'Neujahr'), easter(39, 'Auffahrt'), fixed(8, 1, 'Bundesfeier', { from: 1994 }), fixed(12, 25, 'Weihnachten')],
  DE: [
    fixed(1, 1, 'Neujahr'), easter(-2, 'Karfreitag'), easter(1, 'Ostermontag'), fixed(5, 1, 'Tag der Arbeit'), easter(39, 'Christi Himmelfahrt'),
    easter(50, 'Pfingstmontag'), fixed(10, 3, 'Tag der Deutschen Einheit', { from: 1990 }), fixed(12, 25, 'Weihnachten'), fixed(12, 26, 'Zweiter Weihnachtstag'),
  ],
  ES: [
    fixed(1, 1, 'Año Nuevo'), fixed(1, 6, 'Epifanía'), easter(-2, 'Viernes Santo'), fixed(5, 1, 'Fiesta del Trabajo'), fixed(8, 15, 'Asunción'),
    fixed(10, 12, 'Fiesta Nacional'), fixed(11, 1, 'Todos los Santos'), fixed(12, 6, 'Constitución', { from: 1983 }),
    fixed(12, 8, 'Inmaculada'), fixed(12, 25, 'Navidad'),
  ],
  IT: [
    fixed(1, 1, 'Capodanno'), fixed(1, 6, 'Epifania'), easter(1, "Lunedì dell'Angelo"), fixed(4, 25, 'Liberazione'), fixed(5, 1, 'Festa del Lavoro'),
    fixed(6, 2, 'Festa della Repubblica', { from: 2001 }), fixed(8, 15, 'Ferragosto'), fixed(11, 1, 'Ognissanti'), fixed(12, 8, 'Immacolata'),
    fixed(12, 25, 'Natale'), fixed(12, 26, 'Santo Stefano'),
  ],
  PT: [
    fixed(1, 1, 'Ano Novo'), easter(-2, 'Sexta-feira Santa'), fixed(4, 25, 'Liberdade', { from: 1975 }), fixed(5, 1, 'Dia do Trabalhador'),
    easter(60, 'Corpo de Deus'), fixed(6, 10, 'Dia de Portugal'), fixed(8, 15, 'Assunção'), fixed(10, 5, 'República'), fixed(11, 1, 'Todos os Santos'),
    fixed(12, 1, 'Restauração'), fixed(12, 8, 'Imaculada Conceição'), fixed(12, 25, 'Natal'),
  ],
  GB: [
    fixed(1, 1, "New Year's Day", { from: 1974 }), easter(-2, 'Good Friday'), easter(1, 'Easter Monday'), weekday(1, MONDAY, 5, 'Early May', { from: 1978 }),
    weekday(-1, MONDAY, 5, 'Spring', { from: 1971 }), weekday(-1, MONDAY, 8, 'Summer', { from: 1971 }), fixed(12, 25, 'Christmas Day'), fixed(12, 26, 'Boxing Day'),
  ],
  US: [
    fixed(1, 1, "New Year's Day"), weekday(3, MONDAY, 1, 'Martin Luther King Jr. Day', { from: 1986 }), weekday(3, MONDAY, 2, "Washington's Birthday", { from: 1971 }),
    weekday(-1, MONDAY, 5, 'Memorial Day', { from: 1971 }), fixed(6, 19, 'Juneteenth', { from: 2021 }), fixed(7, 4, 'Independence Day'),
    weekday(1, MONDAY, 9, 'Labor Day'), weekday(2, MONDAY, 10, 'Columbus Day', { from: 1971 }), fixed(11, 11, 'Veterans Day', { from: 1978 }),
    weekday(4, THURSDAY, 11, 'Thanksgiving', { from: 1942 }), fixed(12, 25, 'Christmas Day'),
  ],
  BR: [
    fixed(1, 1, 'Confraternização Universal'), easter(-2, 'Paixão de Cristo'), fixed(4, 21, 'Tiradentes'), fixed(5, 1, 'Dia do Trabalho'),
    fixed(9, 7, 'Independência'), fixed(10, 12, 'Nossa Senhora Aparecida', { from: 1980 }), fixed(11, 2, 'Finados'), fixed(11, 15, 'República'),
    fixed(11, 20, 'Consciência Negra', { from: 2024 }), fixed(12, 25, 'Natal'),
  ],
  JP: [
    fixed(1, 1, '元日'), weekday(2, MONDAY, 1, '成人の日', { from: 2000 }), fixed(2, 11, '建国記念の日', { from: 1967 }), fixed(2, 23, '天皇誕生日', { from: 2020 }),
    { kind: 'equinox', which: 'spring', name: '春分の日' }, fixed(4, 29, '昭和の日'), fixed(5, 3, '憲法記念日'), fixed(5, 4, 'みどりの日', { from: 2007 }),
    fixed(5, 5, 'こどもの日'), weekday(3, MONDAY, 7, '海の日', { from: 2003 }), fixed(8, 11, '山の日', { from: 2016 }), weekday(3, MONDAY, 9, '敬老の日', { from: 2003 }),
    { kind: 'equinox', which: 'autumn', name: '秋分の日' }, weekday(2, MONDAY, 10, 'スポーツの日', { from: 2000 }), fixed(11, 3, '文化の日'), fixed(11, 23, '勤労感謝の日'),
  ],
  CN: [fixed(1, 1, '元旦'), fixed(5, 1, '劳动节'), fixed(10, 1, '国庆节'), fixed(10, 2, '国庆节'), fixed(10, 3, '国庆节')],
  MA: [
    fixed(1, 1, 'Nouvel An'), fixed(1, 11, "Manifeste de l'Indépendance"), fixed(1, 14, 'Nouvel An amazigh', { from: 2024 }), fixed(5, 1, 'Fête du Travail'),
    fixed(7, 30, 'Fête du Trône', { from: 2000 }), fixed(8, 14, 'Oued Ed-Dahab'), fixed(8, 20, 'Révolution du Roi et du Peuple'), fixed(8, 21, 'Fête de la Jeunesse', { from: 2000 }),
    fixed(11, 6, 'Marche verte', { from: 1976 }), fixed(11, 18, "Fête de l'Indépendance"),
  ],
  EG: [
    fixed(1, 7, 'Coptic Christmas', { from: 2003 }), fixed(1, 25, 'Revolution of 2011'), fixed(4, 25, 'Sinai Liberation', { from: 1983 }), fixed(5, 1, 'Labour Day'),
    fixed(6, 30, 'Revolution of 2013', { from: 2014 }), fixed(7, 23, 'Revolution of 1952', { from: 1953 }), fixed(10, 6, 'Armed Forces Day', { from: 1974 }),
  ],
};
