// @title      How many Party members a committee of each size needs
// @title.zh   各人数委员会所需党员数
// @topic      bodies
// @about      The least number that reaches the share num/den, inclusive, for 3 to 15 members.
// @about      Reckoned in whole numbers; no rows where the share is not between 0 and 1.
// @about.zh   委员会 3 至 15 人时，达到 num/den（含本数）所需的最少党员数；按整数计算，比例须在 0 与 1 之间。
// @param      num  int[1..1000]  3  "numerator of the share" / "比例的分子"
// @param      den  int[1..1000]  5  "denominator of the share" / "比例的分母"
// @returns    size, needed
// @source     arithmetic; the default of 3/5 is the share that Shigu district (衡阳市石鼓区) states for its owners' committees
UNWIND range(3, 15) AS size
WITH size
WHERE 0 <= $num <= $den AND $den > 0
RETURN size, ($num * size + $den - 1) / $den AS needed
ORDER BY size
