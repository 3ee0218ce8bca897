//! What the first router lets through, as Zenoh's `access_control`: nothing but what is said in `fleet.toml`.

use serde_json::{Value, json};

use super::Fleet;
use crate::keys;

const IN: &[&str] = &["ingress"];
const OUT: &[&str] = &["egress"];
const BOTH: &[&str] = &["ingress", "egress"];

/// Everything that a rule can be about.
const ALL: [&str; 9] = [
    "put",
    "delete",
    "declare_subscriber",
    "query",
    "reply",
    "declare_queryable",
    "liveliness_token",
    "liveliness_query",
    "declare_liveliness_subscriber",
];

/// What is collected for `access_control`.
#[derive(Default)]
struct Policies {
    rules: Vec<Value>,
    subjects: Vec<Value>,
    policies: Vec<Value>,
}

impl Fleet {
    /// Zenoh's `access_control` for a router, as JSON; `None` if nobody is named, so that everybody may do everything.
    ///
    /// Those who connect by a unix socket may do everything: the socket's file says who that can be.
    pub fn rules(&self) -> Option<String> {
        if self.users.is_empty() && self.gateways.is_empty() && self.routers.is_empty() {
            return None;
        }
        let mut policies = Policies::default();
        policies.subjects.push(json!({ "id": "this machine", "link_protocols": ["unixsock-stream"] }));
        policies.allow("this machine", "everything", &ALL, BOTH, ["**".to_owned()]);
        if !self.routers.is_empty() {
            policies.subjects.push(json!({ "id": "routers", "cert_common_names": self.routers }));
            policies.allow("routers", "everything", &ALL, BOTH, ["**".to_owned()]);
        }
        for (name, certificate) in &self.gateways {
            self.gateway_rules(&mut policies, name, certificate);
        }
        for (name, user) in &self.users {
            let who = format!("user {name}");
            policies.subject(&who, &user.certificate);
            let rights = || user.may.iter();
            let asks = rights().flat_map(|right| right.asks());
            policies.allow(&who, "asks", &["query"], IN, asks);
            let is_answered = rights().flat_map(|right| right.is_answered());
            policies.allow(&who, "gets replies", &["reply"], OUT, is_answered);
            let listens = rights().flat_map(|right| right.listens());
            policies.allow(&who, "listens", &["declare_subscriber"], IN, listens);
            let hears = rights().flat_map(|right| right.hears());
            policies.allow(&who, "hears", &["put"], OUT, hears);
            self.liveliness_rules(&mut policies, &who);
        }
        let Policies { rules, subjects, policies } = policies;
        let rules = json!({
            "enabled": true,
            "default_permission": "deny",
            "rules": rules,
            "subjects": subjects,
            "policies": policies,
        });
        Some(format!("{rules:#}"))
    }

    /// A gateway may have its own keys, and no others.
    fn gateway_rules(&self, policies: &mut Policies, name: &str, certificate: &str) {
        let who = format!("gateway {name}");
        policies.subject(&who, certificate);
        let keys = [keys::all(&self.realm, name)];
        let sends = ["declare_queryable", "reply", "put"];
        policies.allow(&who, "answers and publishes", &sends, IN, keys);
        // Those who ask and listen may not name it. It is asked for what it has declared alone.
        let realm = [format!("{}/**", keys::chunk(&self.realm))];
        policies.allow(&who, "is asked and heard", &["query", "declare_subscriber"], OUT, realm);
        let alive = [keys::all_alive(&self.realm, name)];
        let messages = ["liveliness_token", "liveliness_query"];
        policies.allow(&who, "is alive", &messages, BOTH, alive);
    }

    /// Users may see which gateways of the realm run.
    fn liveliness_rules(&self, policies: &mut Policies, who: &str) {
        let alive = [keys::any_alive(&self.realm)];
        let asks = ["liveliness_query", "declare_liveliness_subscriber"];
        policies.allow(who, "asks who is alive", &asks, IN, alive.clone());
        policies.allow(who, "sees who is alive", &["liveliness_token"], OUT, alive);
    }
}

impl Policies {
    /// Adds whoever has a certificate with this common name.
    fn subject(&mut self, who: &str, certificate: &str) {
        self.subjects.push(json!({ "id": who, "cert_common_names": [certificate] }));
    }

    fn allow(
        &mut self,
        who: &str,
        what: &str,
        messages: &[&str],
        flows: &[&str],
        keys: impl IntoIterator<Item = String>,
    ) {
        let id = format!("{who} {what}");
        self.policies.push(json!({ "rules": [&id], "subjects": [who] }));
        self.rules.push(json!({
            "id": id,
            "permission": "allow",
            "messages": messages,
            "flows": flows,
            "key_exprs": Vec::from_iter(keys),
        }));
    }
}
