# A millionth away, and the full surplus is gone: the optimum jumps.
tour A nearby distribution without correlation

step The nearest independent table
: open ../nearby-independent.yaml
: select 1,1
This is the table of the last tour, mixed all the way to independence: every pair of values has
the product of its two marginals. Both low was a little over a quarter before; now it is
{probability 1,1 = 0.251001}. Each cell has moved by one millionth.

ask Can you name a mechanism, or a person, that would notice? What can the seller get now?

step A quarter less
The optimum is {revenue = 1.499}, of a full surplus of {full-surplus to 6 = 1.748999}. One
millionth of probability has cost her {full-surplus - revenue to 6 = 0.249999}.

What she gets is what she would get without any correlation, which is the bar below it:
{no-correlation = 1.499}.

step Because beliefs agree
: conditionals on
A low type thinks that the other one is low with probability {belief "agent 1" 1,1 = 0.501}. A
high type thinks so with probability {belief "agent 1" 2,1 = 0.501}. The very same.

Who agrees on all odds cannot bet. There is {distinct-beliefs "agent 1" = 1} belief among all
types of a bidder, and the matrix of beliefs has rank {rank "agent 1" = 1}.

step Put the millionth back
: conditionals off
: pane prior
: step 0.000001
Now move one cell by a millionth. In this mass mode the marginals of both bidders stay what they
are, so that nothing but the correlation changes.

try mass marginals
try nudge up

step Everything is back
: screen table
The optimum is {revenue = 1.748998} again, and that is all of {full-surplus = 1.748998}. The rank
is {rank "agent 1" = 2}. One millionth, and she gets everything.

The answer is a proof in fractions: {proof = exact}. Many a floating-point solver sees no
difference between such tables, and reports the other one's optimum.

step The jump
: open ../almost-independent.yaml
: screen blow-up
: curve sweep
: lambda 0
Here is the whole way, from the first table to independence. To the right of the end, revenue is
the full surplus at every point, however near. At the end it is {revenue = 1.499}.

The optimum is not continuous in the prior. What becomes of the payments is the other half of the
story: they have no limit. Revenue jumps because the payments cannot go on.

step What a jump means
: screen table
A model is never exact. If an answer changes by a seventh when a probability changes by a
millionth, which of the two answers do you believe?

One may say that independent priors are a coincidence, and full extraction the rule. Or that
something is missing from the model that would not let a seller have all of it: small bets,
doubts, ignorance. The next tours make the first claim precise, and then look for what is missing.
