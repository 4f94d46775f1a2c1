# The mechanism for one prior meets another: misbelief.
tour You had better be sure

step All of it, if you are right
: open ../almost-independent.yaml
: payments-shown smallest
: freeze
The seller believes in this table, designs the best mechanism for it, the one with the smallest
payments, and puts it in force. It earns {misbelief-revenue = 1.749}, the full surplus, and no
payment in it is larger than {smallest-payment = 31375}.

The mechanism stays now as it is: it is frozen. But is the table right?

step One millionth off
: lambda 0
: screen misbelief
The truth is the independent table next to it: each cell is off by a millionth. Bidders know the
truth.

ask What will they do, and what will the seller get?

step They leave
: screen misbelief
: replies next
: replies previous
She gets {misbelief-revenue to 4 = 0.3747}, if each replies as if the other were honest. Had she
known the truth she could have had {revenue = 1.499}, and an auction without any cleverness would
bring {auction vcg = 1.249001}.

A low type replies by {reply "agent 1" 1 = exit}: the bet that was fair by the belief she gave it
loses now, and with payments of this size even a millionth matters. A high type claims to be
{reply "agent 1" 2 = 1}.

step The other way round
: screen misbelief
: lambda 2
Let the truth be farther from independence than she believed: twice as far. The bet is better than
fair now for some. She gets {misbelief-revenue to 4 = 1.6237}, where {revenue = 1.749001} could be
had.

step No room for error
: lambda 1
How far may a belief be from the table before some type breaks the mechanism? By
{safe-radius = 0}: not at all. In an optimal mechanism with full extraction every type is
indifferent between taking part and leaving. The slightest doubt tips the balance. Leaving each
type a little buys room; with bets of this size, next to none.

step Without beliefs
Under ex-post rules all are honest and willing, whatever they believe.
try thaw
try ic ex-post
try ir ex-post
try freeze
try lambda 0

step Boring is safe
: screen misbelief
It promised {ex-post-optimum = 1.499}, which is what it earns here: {misbelief-revenue = 1.499}. A
low type replies with {reply "agent 1" 1 = truth}, and the radius within which beliefs may be
wrong is {safe-radius = unlimited}.

All or next to nothing, or something for sure: is there nothing in between, for a seller who has a
belief and some doubt? She could learn, or be robust. The next tours take these one by one.
