/** Text that goes wrong wherever it is quoted, escaped, cut or normalised. */
export const awkward = `e\u0301 é 日本 👩‍👩‍👧 ' " \\ \\' % _ ; -- /* $1 ? :name {} \u202e`

/** 10 kB of text, of which a byte is no character. */
export const long = 'ü'.repeat(5000)

/** JSON with what databases and drivers like to change: order of keys, empty parts, numbers, NUL, lone surrogates. */
export const awkwardJson = {
  zebra: awkward,
  apple: '',
  nul: 'a\u0000b',
  surrogate: '\ud800',
  number: 0.1,
  large: Number.MAX_SAFE_INTEGER,
  tiny: -1e-7,
  yes: true,
  no: false,
  nothing: null,
  Apple: 'another key than apple',
  longText: 'ü'.repeat(1000),
} as const
