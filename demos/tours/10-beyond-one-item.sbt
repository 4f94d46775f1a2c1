# The same programs where no theorem tells the answer: automated mechanism design.
tour Automated mechanism design beyond one item

step A designer and a computer
: open ../three-bidders.yaml
: screen baselines
So far theorems told the answer, and the computer agreed. But the program is the same for every
set of outcomes, values and rules: agents, outcomes, incentives, participation, an objective.

Three bidders whose values go up and down together: the best mechanism gets
{revenue to 4 = 2.5833}, all of the full surplus. The best second-price auction gets
{auction second-price to 4 = 2.1574}, the pivot mechanism {auction vcg = 2}.

step Another rule
: screen table
Say bidders may walk away when all is known, and not only on average. That is one word:
participation becomes ex-post.
try ir ex-post

step What it costs
The optimum is {revenue to 4 = 2.3148}: nobody can be made to pay a lost bet any more. Still it is
more than the second-price auction's {auction second-price to 4 = 2.1574}.

No theorem was needed, and none would say this number.

step Two items
: open ../two-items.yaml
: screen baselines
Two bidders, two items, all values independent. With one item we would know the optimal auction.
With two, sold apart, it would bring twice what one item brought in the first tour.

In general nobody knows the optimum in closed form. The program has it for this table:
{revenue = 3.1875}. The pivot mechanism gets {auction vcg = 2.5}.

step Honest whatever the others say
: screen incentives
The arrows show who is tempted to report what. Under Bayes–Nash rules a bidder must be honest on
average; one can ask more, that it be honest whatever the others report.
try ic ex-post

step A gap
With ex-post incentives the optimum is {revenue = 3.125}: there is a gap between the two notions,
which for one item and independent values there is not. It was found by looking, not by thinking.

step Lotteries
: open ../lottery.yaml
: pane mechanism
One buyer, two items, three types. With one item there is never a need to sell a mere chance of
it: a price is as good.

ask Should a seller of two items ever sell a chance?

step A chance is sold
: pane mechanism
The best menu has a lottery in it: the plain type pays for a chance, and the menu gets
{revenue = 3}. How much is lost without it?
try deterministic true

step Without dice
Prices alone get {revenue to 4 = 2.6667}. Deterministic mechanisms are a harder program, with
whole numbers in it, and the answer is still proved: {proof = exact}.

step Not only auctions
: open ../bilateral-trade/three-points.yaml
: screen lp
Nothing says that the designer sells. A buyer and a seller, payments that balance, welfare to be
maximised: the best is {objective to 4 = 1.4815} of {full-surplus to 4 = 1.5556}, as the theorem
of Myerson and Satterthwaite makes one expect. Here is the program itself, with its rules, slacks
and duals.

Divide a house, build a bridge, allot units: open the other demos, change a rule, and see what is
best.
