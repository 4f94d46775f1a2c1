# Priors that converge to independence: each worth the same, none to be told from the next.
tour Learning is impossible

step A forecast
: open ../learning-is-impossible/forecast.yaml
The item is worth {value bidder good = 2} in a good season, {value bidder bad = 1} in a bad one,
and the bidder knows which it will be. There is a forecast, which the seller sees too. It is right
with probability {belief bidder good,high = 0.75}.

With a side bet on the forecast all the surplus is hers: {revenue = 1.5} of {full-surplus = 1.5},
with payments up to {smallest-payment = 2.5}.

step Without the forecast
: lambda 0
If the forecast says nothing, all she can do is to name a price. At the low value everybody buys,
at the high one half of the types: she gets {revenue = 1}.

Between the two tables, how does what she can get grow with what the forecast is worth?

step As good as the best
: lambda 1/100
This forecast is right with probability {belief bidder good,high = 0.5025}: hardly better than a
coin. She gets {revenue = 1.5}. It is worth as much as the good one.

Only the bets are larger: {smallest-payment = 101.5}. So a sequence of priors leads to
independence, with everything extracted at each of them and not at the limit.

step If only she knew
: payments-shown smallest
: freeze
She must know which of them it is. Let her believe in this one, freeze the mechanism made for it,
and meet another.

At the truth she planned for she gets {misbelief-revenue = 1.5}, and the types reply with
{reply bidder bad = truth} and {reply bidder good = truth}.
try lambda 1/1000

step Too strong a bet
: screen misbelief
The forecast says less than she believed. Now the bad type replies with {reply bidder bad = exit},
and she is left with {misbelief-revenue = 0.775}: less than the {no-correlation = 1} that a fixed
price brings under every one of these tables.

step Too weak a bet
: lambda 1/10
The other way round, the forecast says more than she believed: bets that should be a burden pay
off. She gets {misbelief-revenue = -0.75}. She pays.

step Ask the data
: thaw
: screen table
: lambda 1
So let her collect samples of seasons and forecasts first. How many? With the first table the
beliefs are separated by {separation bidder = 1}, and {sample-size 0.1 0.05 = 11619} samples
suffice to come within a tenth of the full surplus, but for a small probability.
try lambda 1/100

step Ever more data
Here the separation is {separation bidder = 0.01}. The same promise asks for
{sample-size 0.1 0.05 = 111718947} samples. A tenth of the distance, a hundred times the samples,
without end.

For every number of samples there is a prior so near independence that they cannot tell it from
the next; and no mechanism made from them can promise more there than without. Each prior is
learnable, all of them together are not. `sidebet learning` prints the numbers.
