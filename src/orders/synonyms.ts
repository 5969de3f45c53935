import type { Field } from './fields.ts';

/** A heading without case, blanks and punctuation: `Customer ID`, `customer_id` and `CustomerID` are one. */
export function normalizeHeading(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Headings that say by themselves what they mean, as `normalizeHeading` writes them; the more telling first, since
 * each field takes one column. A heading that may mean two things (`amount`, `type`) is left to `--map`.
 */
export const synonyms: readonly (readonly [Field, readonly string[]])[] = [
  [
    'order',
    [
      'orderid',
      'ordernumber',
      'orderno',
      'invoiceno',
      'invoiceid',
      'invoicenumber',
      'basketid',
      'transactionid',
      'receiptid',
      'receiptno',
      'ticketid',
      'order',
      'invoice',
      'basket',
      'transaction',
      'receipt',
      'ticket',
    ],
  ],
  [
    'time',
    [
      'orderedat',
      'ordertime',
      'orderdate',
      'orderdatetime',
      'invoicedate',
      'transactiontimestamp',
      'transactiontime',
      'transactiondate',
      'purchasedate',
      'purchasedat',
      'createdat',
      'timestamp',
      'datetime',
      'time',
      'date',
    ],
  ],
  [
    'product',
    [
      'productid',
      'productcode',
      'sku',
      'stockcode',
      'itemid',
      'itemcode',
      'itemno',
      'articleid',
      'articleno',
      'product',
      'item',
      'article',
    ],
  ],
  ['name', ['productname', 'itemname', 'producttitle', 'description', 'title', 'name']],
  ['quantity', ['quantity', 'qty', 'units', 'unitsales']],
  ['price', ['unitprice', 'itemprice', 'price']],
  ['total', ['linetotal', 'linevalue', 'salesvalue', 'total', 'spend']],
  ['cost', ['unitcost', 'itemcost', 'cost']],
  ['total-cost', ['linecost', 'totalcost']],
  ['discount', ['discount', 'discountamount', 'linediscount']],
  ['currency', ['currency', 'currencycode', 'ordercurrency']],
  ['promotion', ['promotion', 'promotionid', 'promotioncode', 'promo', 'coupon', 'couponcode', 'campaign']],
  [
    'customer',
    [
      'customerid',
      'customercode',
      'customerno',
      'custid',
      'clientid',
      'userid',
      'memberid',
      'householdid',
      'customer',
      'client',
      'user',
      'member',
    ],
  ],
  ['channel', ['channel', 'saleschannel', 'ordersource', 'storeid', 'store']],
  ['category', ['category', 'productcategory', 'categoryname', 'department']],
  ['customer.country', ['country', 'customercountry']],
];
