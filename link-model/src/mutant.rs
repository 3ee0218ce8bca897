//! The rules, each with the name of the model that lacks it.

macro_rules! mutants {
    ($($variant:ident = $name:literal: $rule:literal,)*) => {
        /// A model that lacks one rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Mutant {
            $(#[doc = $rule] $variant,)*
        }

        impl Mutant {
            /// Every mutant.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in options and tables.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The rule that it lacks.
            #[must_use]
            pub const fn rule(self) -> &'static str {
                match self {
                    $(Self::$variant => $rule,)*
                }
            }
        }
    };
}

mutants! {
    AlwaysNew = "always_new": "a hello that tells the responder's session is answered `same`, and changes nothing",
    NewAgain = "new_again": "a hello that has opened the session is answered `new` again, and changes nothing",
    AgainForEver = "again_for_ever": "once the session is confirmed, the hello that opened it opens another one",
    FreshResponse = "fresh_response": "a responder with a hello of its own uses the nonce of that hello",
    KeepCrossed = "keep_crossed": "a responder that opens a session gives its own hello up",
    AskerOpens = "asker_opens": "the order of the two nonces does not change the token",
    Unbound = "unbound": "an answer counts only for the hello with its nonce",
    NonceOnly = "nonce_only": "an answer counts only for the hello that told its token",
    Unconfirmed = "unconfirmed": "nobody calls in a session before knowing that the peer has it",
    CountedOpens = "counted_opens": "a host lets no counted nonce open a session: it says hello itself",
    KeepNumbers = "keep_numbers": "a new session starts its numbers anew, and has no kept reply",
    KeepNotes = "keep_notes": "a new session starts the numbers of its one-way calls anew",
    ForgetNumbers = "forget_numbers": "an answer `same` leaves the numbers as they are",
    AnySession = "any_session": "a frame of another session is noise",
    SameSeed = "same_seed": "the two directions of a session have different seeds",
    AnswerEchoes = "answer_echoes": "a hello that one has said oneself is ignored",
    KeepProbe = "keep_probe": "a hello dies with the call it was said for",
    NoResume = "no_resume": "after a call was given up, the next one says hello first",
    KeepNumber = "keep_number": "the next call's number follows the last one that the server knows",
    Renumber = "renumber": "a repeated call keeps its number",
    RunsAgain = "runs_again": "the number of the last call is not run again",
    RunsAny = "runs_any": "only the number after the last one is run",
    AnyReply = "any_reply": "a reply counts only for the call with its number",
    RunsWhenGone = "runs_when_gone": "a repeated call without a kept reply is not run again",
    SilentWhenGone = "silent_when_gone": "a repeated call without a kept reply is answered `gone`",
    RepeatAll = "repeat_all": "only idempotent calls are repeated in a new session",
    StaleNo = "stale_no": "`ran: No` needs a hello that is newer than every copy of the call",
    ForgetsFirst = "forgets_first": "a call that was sent in an earlier session too may have run there",
    CountedNo = "counted_no": "a board without chance never says `ran: No` of a call that it has sent",
    NoteIsCall = "note_is_call": "one-way calls have numbers of their own",
    LeaseKills = "lease_kills": "the session outlives its lease",
}
