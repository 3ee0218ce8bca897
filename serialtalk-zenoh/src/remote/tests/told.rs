//! What gateways tell of their boards, and publish.

use super::*;

#[test]
fn what_is_told_of_boards_is_read() {
    let router = Router::new();
    let gateway = Fake::new(&router, "cell1", |_, _| {});
    let session = router.session();
    let told = info(&session, &"robots/*/arm1".parse().unwrap()).unwrap();
    assert_eq!(told, *gateway.info.lock().unwrap());
    assert_eq!(boards(&session, "robots"), Ok(vec![]), "it lists none");

    let lists = ["cell3", "cell2"].map(|gateway| {
        let key = keys::list("robots", Some(gateway));
        let list = format!(
            r#"{{"gateway":"{gateway}","incarnation":"2a","boards":[{{"board":"arm1","up":true,"hash":null}}]}}"#
        );
        let session = router.session();
        let reply = {
            let key = key.clone();
            move |query: Query| query.reply(&key, &list).wait().unwrap()
        };
        let queryable = session.declare_queryable(&key).callback(reply).wait().unwrap();
        router.wait_for(&key, gateway);
        (session, queryable)
    });
    let found = boards(&session, "robots").unwrap();
    let names: Vec<_> = found.iter().map(|list| (&*list.gateway, &*list.boards[0].board)).collect();
    assert_eq!(names, [("cell2", "arm1"), ("cell3", "arm1")]);
    drop(lists);
}

#[test]
fn streams_and_events_are_numbered() {
    let router = Router::new();
    let gateway = router.session();
    let session = router.session();
    let address = "robots/*/arm1".parse().unwrap();
    let stream = stream(&session, &address, "imu").unwrap();
    let events = events(&session, "robots").unwrap();
    let put = |number: &[u8]| {
        let payload =
            serialtalk::proto::encode_arguments("imu", |payload| payload.values(&(1.5f32, 2u8))).unwrap();
        gateway.put("robots/cell1/arm1/stream/imu", payload).attachment(number).wait().unwrap();
    };
    put(&7u64.to_le_bytes());
    let sample = stream.recv().unwrap();
    assert_eq!(sample.number, 7);
    assert_eq!(sample.decode::<(f32, u8)>().unwrap(), (1.5, 2));
    assert_eq!(sample.value().unwrap().to_string(), "(1.5, 2)");
    put(b"");
    let error = pollster::block_on(stream.recv_async()).unwrap_err();
    assert!(error.to_string().contains("robots/cell1/arm1/stream/imu has no number"), "{error}");

    let event = r#"{"number":3,"gateway":"cell1","incarnation":"2a","board":"arm1","event":"down","reason":"x","at_ms":5}"#;
    gateway.put(keys::events("robots", Some("cell1")), event).wait().unwrap();
    let event = events.recv().unwrap();
    assert_eq!((event.number, event.kind), (3, crate::EventKind::Down { reason: "x".into() }));
}

#[test]
fn a_gateway_speaks_for_itself_only() {
    let router = Router::new();
    let session = router.session();
    let list = r#"{"gateway":"cell1","incarnation":"2a","boards":[]}"#;
    let info = BoardInfo {
        board: "arm1".into(),
        gateway: "cell1".into(),
        incarnation: Incarnation::new(),
        state: BoardState::Up,
        since_ms: 0,
        link: "x".into(),
        interface: None,
    };
    let info = serde_json::to_string(&info).unwrap();
    let key = "robots/cell2/**";
    let queryable = session
        .declare_queryable(key)
        .callback(move |query| {
            let is_list = query.key_expr().as_str().ends_with("/list");
            let (at, text) = if is_list { ("list", list) } else { ("arm1/info", &*info) };
            query.reply(format!("robots/cell2/{at}"), text).wait().unwrap();
        })
        .wait()
        .unwrap();
    router.wait_for("robots/cell2/list", "cell1");
    let caller = router.session();
    assert_eq!(boards(&caller, "robots"), Ok(vec![]));
    let address = "robots/*/arm1".parse().unwrap();
    let found = pollster::block_on(crate::remote::route::find(&caller, &address, Deadline::after_ms(300)));
    assert!(matches!(found, Err(FleetError::Unreachable { .. })), "{found:?}");
    drop(queryable);

    let events = events(&caller, "robots").unwrap();
    let event = r#"{"number":3,"gateway":"cell1","incarnation":"2a","board":"arm1","event":"up","at_ms":5}"#;
    session.put("robots/cell2/events", event).wait().unwrap();
    let error = events.recv().unwrap_err();
    assert!(error.to_string().contains("robots/cell2/events told an event of the gateway cell1"), "{error}");
}
