/** Papers and documents that several measures come from. */
export const sources = {
  agrawal: 'Agrawal, Imieliński and Swami, SIGMOD 1993',
  brin: 'Brin, Motwani, Ullman and Tsur, SIGMOD 1997, pp. 255–264',
  arules:
    'Hahsler, A Probabilistic Comparison of Commonly Used Interest Measures, 2015 (documents of arules)',
  hahsler: 'Hahsler and Hornik, Intelligent Data Analysis 11, 2007, pp. 437–455',
  mcNicholas:
    "McNicholas, Murphy and O'Regan, Computational Statistics & Data Analysis 52, 2008, pp. 4712–4721",
  tan: 'Tan, Kumar and Srivastava, Information Systems 29, 2004, pp. 293–313',
  wu: 'Wu, Chen and Han, Data Mining and Knowledge Discovery 21, 2010, pp. 371–397',
} as const;
