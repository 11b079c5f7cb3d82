import type { Rows } from './shop.js'

/** Rows with which every read of the list would see more if it were not scoped. */
export const exampleRows: Rows = {
  ours: {
    invoices: [
      { id: 1, parent_id: null, amount: 20, customer: 'de' },
      { id: 2, parent_id: 1, amount: 300, customer: null },
      { id: 3, parent_id: 2, amount: 4, customer: 'ours' },
    ],
    notes: [
      { id: 1, invoice_id: 1, body: 'ours' },
      { id: 2, invoice_id: null, body: 'cn' },
      { id: 3, invoice_id: 9, body: 'ours, of no invoice of ours' },
    ],
  },
  theirs: {
    invoices: [
      { id: 1, parent_id: null, amount: 5000, customer: 'cn' },
      { id: 2, parent_id: 1, amount: 700, customer: 'theirs' },
      { id: 9, parent_id: 2, amount: 800, customer: 'theirs, with a note of ours' },
    ],
    notes: [
      { id: 1, invoice_id: 1, body: 'theirs' },
      { id: 2, invoice_id: 3, body: 'theirs, at an invoice of ours' },
      { id: 7, invoice_id: 2, body: 'de' },
    ],
  },
}
