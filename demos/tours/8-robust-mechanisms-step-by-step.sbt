# Sets of beliefs, and the cutting planes that find the best mechanism for all of them.
tour Robust mechanisms, step by step

step A doubtful forecast
: open ../doubtful-forecast.yaml
A bidder of three types and a weather forecast. If the table is right, the seller can have
{revenue = 2.2}. She believes the table, but not to the last digit.

Say each probability of a belief may be off by some amount: a box around each belief. She wants a
mechanism that every type accepts, and is honest in, wherever in its box the true belief is. How
much is that worth?

step Too many rules
: screen robust
A box holds infinitely many beliefs, and each has its rules. No program can list them. But one
need not list them to begin: take the rules of the table alone, as if there were no doubt.

Round {robust-round = 0} of the run does that, and gets {robust-bound = 2.2}. With fewer rules
than there should be, that is an upper bound: the truth can only be less.

step Who breaks it?
Is there a belief in some box for which a rule fails? That is a small problem with an exact
answer: move as much probability as the box allows from where the rule is best to where it is
worst.

The worst belief breaks its rule by {robust-violation = 0.25}: by so much a type would rather do
something else. It is drawn on the screen.
try robust step

step A cut
The rules of the worst beliefs were added, the program solved again. The bound fell to
{robust-bound = 2.076}. Other beliefs are the worst ones now, and break their rules by
{robust-violation = 0.18}.

Each such rule cuts off mechanisms that could not be used; none that can be used is lost.
try robust step

step Nothing left to cut
In round {robust-round = 2} no belief in any box breaks a rule. The relaxation is feasible after
all: {robust-bound = 2.05625} is the robust optimum, exactly.

A handful of beliefs out of infinitely many was enough. So doubt of one twentieth about each
probability costs {revenue - robust-optimum = 0.14375}.

step The price of doubt
: robust view price
The curve shows the robust optimum as the boxes grow: from all that a certain seller gets to what
needs no beliefs at all, the optimum under ex-post rules, {ex-post-optimum = 1.75}.

There is no cliff: a little doubt costs a little. Try a larger box.
try robust box 0.2

step Between two extremes
With boxes of a fifth the robust optimum is {robust-optimum = 1.75}. Beliefs are of no use any
more, and the mechanism is the one that works whatever they are.

Compare the tour about being sure: there the mechanism made for one table fell apart at the next.
Here it was asked to survive, and the answer is a number between the two extremes. Where does a
set come from? From samples: the next tour.
