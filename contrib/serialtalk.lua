-- Shows frames of SerialTalk in Wireshark: what `serialtalk sniff --record` has recorded, with link type USER0.
--
--   wireshark -X lua_script:serialtalk.lua FILE.pcapng
--   serialtalk sniff --record - | wireshark -X lua_script:serialtalk.lua -k -i -
--
-- Once it is in the folder for personal Lua plugins (Help, About, Folders), it is always there.
-- CRCs of checked frames are not looked at: their seed is the token of a session.

local serialtalk = Proto("serialtalk", "SerialTalk")

local payload_kinds = { [0] = "none", "struct", "raw", "literal", "postcard", "bare" }
local kinds = {
    [0] = "call", [1] = "named call", [2] = "described call", [6] = "note", [7] = "again", [8] = "reply",
    [9] = "error", [11] = "gone", [15] = "bye",
}

local fields = {
    frame = ProtoField.string("serialtalk.frame", "Frame"),
    name = ProtoField.string("serialtalk.name", "Name"),
    is_reply = ProtoField.bool("serialtalk.reply", "Reply"),
    is_error = ProtoField.bool("serialtalk.error", "Error"),
    payload = ProtoField.uint8("serialtalk.payload", "Payload", base.DEC, payload_kinds),
    format = ProtoField.string("serialtalk.format", "Format"),
    value = ProtoField.string("serialtalk.value", "Value"),
    literal = ProtoField.string("serialtalk.literal", "Literal"),
    data = ProtoField.bytes("serialtalk.data", "Data"),
    kind = ProtoField.uint8("serialtalk.kind", "Kind", base.DEC, kinds),
    number = ProtoField.uint8("serialtalk.number", "Number"),
    command = ProtoField.uint8("serialtalk.command", "Command"),
    crc = ProtoField.uint24("serialtalk.crc", "CRC", base.HEX),
    text = ProtoField.string("serialtalk.text", "Text"),
}
serialtalk.fields = fields

-- Struct codes: as string.unpack of Lua 5.2 is missing, as readers of a TvbRange, with their sizes.
local codes = {
    b = { 1, "int" }, B = { 1, "uint" }, ["?"] = { 1, "bool" }, c = { 1, "bytes" },
    h = { 2, "int" }, H = { 2, "uint" }, i = { 4, "int" }, I = { 4, "uint" }, l = { 4, "int" }, L = { 4, "uint" },
    q = { 8, "int64" }, Q = { 8, "uint64" }, f = { 4, "float" }, d = { 8, "float" },
}

local function read(range, kind, is_big)
    if kind == "bool" then return range:uint() ~= 0 and "True" or "False" end
    if kind == "bytes" then return range:bytes():tohex() end
    if kind == "float" then
        local float = is_big and range:float() or range:le_float()
        return string.format(range:len() == 4 and "%.7g" or "%.15g", float)
    end
    return tostring(range[(is_big and "" or "le_") .. kind](range))
end

-- The values of packed data without padding, each with its bytes; nothing if the format is not known or does not fit.
local function values(format, data)
    local is_big, found, at = false, {}, 0
    local first = format:sub(1, 1)
    if first:find("[<>=!@]") then
        is_big = first == ">" or first == "!"
        format = format:sub(2)
    end
    for count, code in format:gmatch("(%d*)(%D)") do
        local size, kind = 1, "bytes"
        if code == "s" then
            size, count = tonumber(count) or 1, 1
        elseif codes[code] then
            size, kind = codes[code][1], codes[code][2]
        elseif code ~= "x" then
            return nil
        end
        for _ = 1, tonumber(count) or 1 do
            if at + size > data:len() then return nil end
            if size > 0 and code ~= "x" then
                local range = data:range(at, size)
                found[#found + 1] = { read(range, kind, is_big), range }
            end
            at = at + size
        end
    end
    return at == data:len() and found or nil
end

local headers = { ["\3raw"] = { 2, 4 }, ["\4repr"] = { 3, 5 }, ["\4post"] = { 4, 5 } }

local function add_payload(tree, data)
    local len = data and data:len() or 0
    local raw = len > 0 and data:raw() or ""
    if raw == "" or raw == "\1z" then
        tree:add(fields.payload, 0)
        return ""
    end
    for header, found in pairs(headers) do
        if raw:sub(1, #header) == header then
            tree:add(fields.payload, data:range(0, found[2]), found[1])
            if len == #header then return "" end
            local rest = data:range(#header)
            local field = found[1] == 3 and fields.literal or fields.data
            tree:add(field, rest)
            return found[1] == 3 and rest:string(ENC_UTF_8) or rest:bytes():tohex()
        end
    end
    local format_len = raw:byte(1)
    if 1 + format_len > len then
        tree:add(fields.payload, data, 5)
        tree:add(fields.data, data)
        return data:bytes():tohex()
    end
    tree:add(fields.payload, data:range(0, 1 + format_len), 1)
    local format = raw:sub(2, 1 + format_len)
    if format_len > 0 then tree:add(fields.format, data:range(1, format_len)) end
    if len == 1 + format_len then return format end
    local packed, shown = data:range(1 + format_len), { format }
    for _, value in ipairs(values(format, packed:tvb()) or {}) do
        tree:add(fields.value, value[2], value[1])
        shown[#shown + 1] = value[1]
    end
    if #shown == 1 then
        tree:add(fields.data, packed)
        shown[2] = packed:bytes():tohex()
    end
    return table.concat(shown, ", ")
end

-- Shows a command or a reply with its payload, and returns it as text.
local function add_named(tree, name, payload)
    local text = name:string()
    local suffix = text:sub(-3)
    tree:add(fields.name, name)
    tree:add(fields.is_reply, suffix == "ack" or suffix == "err")
    tree:add(fields.is_error, suffix == "err")
    return text .. "(" .. add_payload(tree, payload) .. ")"
end

local function part(buffer, from, len) return len > 0 and buffer:range(from, len) or nil end

local function is_plain(buffer)
    local len = buffer:len()
    return len >= 5 and buffer(0, 1):uint() == 0x3c and buffer(1, 1):uint() == len - 3
        and buffer(2, 1):uint() < len - 3 and buffer(2, 1):uint() > 0 and buffer(len - 1, 1):uint() == 0x3e
end

-- The bytes between the zeros of a checked frame with their zeros restored; nothing if it is none.
local function unstuffed(buffer)
    local raw = buffer:raw():gsub("^%z+", "")
    local segment = raw:match("^(%Z+)%z$")
    if not segment or #segment < 5 then return nil end
    local bytes, at = { segment:byte(1, -1) }, 1
    while at <= #bytes do
        local distance = bytes[at]
        bytes[at], at = 0, at + distance
    end
    if at ~= #bytes + 1 then return nil end
    local hex = {}
    for index = 2, #bytes do hex[#hex + 1] = string.format("%02x", bytes[index]) end
    return ByteArray.new(table.concat(hex)):tvb("Checked frame")
end

-- The names of the last calls by direction and number, and the names that replies are about by packet.
local calls, about = {}, {}
function serialtalk.init() calls, about = {}, {} end

-- Notes what is called and what is replied to, while the packets are read for the first time.
local function note(frame, pinfo)
    local control = frame(0, 1):uint()
    local kind, key = math.floor(control / 16), pinfo.p2p_dir .. " " .. control % 16
    if kind <= 2 then
        local name_len = kind == 1 and frame(1, 1):uint() or 0
        calls[key] = name_len > 0 and name_len <= frame:len() - 5 and frame(2, name_len):string() or nil
    elseif kind == 8 or kind == 9 then
        about[pinfo.number] = calls[(1 - pinfo.p2p_dir) .. " " .. control % 16]
    end
end

local function add_checked(tree, frame, name)
    local control, len = frame(0, 1):uint(), frame:len() - 4
    local kind, number = math.floor(control / 16), control % 16
    local shown = (kinds[kind] or "kind " .. kind) .. " " .. number
    tree:add(fields.kind, frame(0, 1), kind)
    tree:add(fields.number, frame(0, 1), number)
    tree:add(fields.crc, frame(len + 1, 3))
    local name_len = len > 0 and frame(1, 1):uint() or 0
    if (kind == 1 or kind == 6) and name_len > 0 and name_len < len then
        return shown .. ": " .. add_named(tree, frame(2, name_len), part(frame, 2 + name_len, len - 1 - name_len))
    elseif kind == 0 or kind == 2 then
        if len > 0 then tree:add(fields.command, frame(1, 1)) end
        if len > 1 then tree:add(fields.data, frame(2, len - 1)) end
        return shown .. ": #" .. name_len
    elseif kind == 8 or kind == 9 then
        shown = shown .. ": " .. (name or "?") .. (kind == 8 and "ack" or "err")
        if name then tree:add(fields.name, name):set_generated() end
        -- The value of a call by number may be without its header.
        if name or kind == 9 then return shown .. "(" .. add_payload(tree, part(frame, 1, len)) .. ")" end
        if len > 0 then tree:add(fields.data, frame(1, len)) end
    end
    return shown
end

function serialtalk.dissector(buffer, pinfo, root)
    local tree = root:add(serialtalk, buffer())
    pinfo.cols.protocol = "SerialTalk"
    local arrow = pinfo.p2p_dir == P2P_DIR_RECV and "< " or "> "
    pinfo.cols.src = arrow == "< " and "board" or "host"
    pinfo.cols.dst = arrow == "< " and "host" or "board"
    local frame = not is_plain(buffer) and unstuffed(buffer)
    local info
    if is_plain(buffer) then
        local name_len = buffer(2, 1):uint()
        tree:add(fields.frame, "plain")
        info = add_named(tree, buffer(3, name_len), part(buffer, 3 + name_len, buffer:len() - 4 - name_len))
    elseif frame then
        tree:add(fields.frame, "checked")
        if not pinfo.visited then note(frame, pinfo) end
        info = add_checked(tree, frame, about[pinfo.number])
    else
        tree:add(fields.frame, "text")
        tree:add(fields.text, buffer())
        info = buffer():string(ENC_UTF_8)
    end
    pinfo.cols.info = arrow .. info
end

DissectorTable.get("wtap_encap"):add(wtap.USER0, serialtalk)
