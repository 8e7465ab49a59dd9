// The form: one question at a time, saved after each pause, kept on the device until it is sent.
// Without this script everything stands on one page and is sent by a button.
(() => {
    "use strict";
    const root = document.documentElement;
    root.classList.add("js");

    const PAUSE = 700;
    const TIMEOUT = 15000;
    const LONGEST_WAIT = 30000;
    const LONG_SIDE = 2400;
    const QUALITY = 0.8;
    const find = (selector, within = document) => within.querySelector(selector);
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    // A page of its own to the server; `crypto.randomUUID` wants TLS, which an intranet may lack.
    const writer = [...crypto.getRandomValues(new Uint8Array(12))]
        .map((byte) => byte.toString(16).padStart(2, "0")).join("");

    // What was typed, on this device: written at every key, gone once the server has it.
    const shelf = (contribution) => {
        const prefix = `plein.write.${contribution}.`;
        let works = true;
        const attempt = (act) => {
            try {
                return act();
            } catch {
                works = false;
                return null;
            }
        };
        const name = (key) => `${prefix}${key}`;
        attempt(() => { localStorage.setItem(`${prefix}?`, "1"); localStorage.removeItem(`${prefix}?`); });
        return {
            works: () => works,
            keep: (key, record) => attempt(() => localStorage.setItem(name(key), JSON.stringify(record))),
            drop: (key) => attempt(() => localStorage.removeItem(name(key))),
            get: (key) => attempt(() => JSON.parse(localStorage.getItem(name(key)) || "null")),
        };
    };

    // Photos are too large for the shelf.
    const album = (() => {
        const opened = () => new Promise((done, failed) => {
            const asked = indexedDB.open("plein.write", 1);
            asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "id" });
            asked.onsuccess = () => done(asked.result);
            asked.onerror = () => failed(asked.error);
        });
        const act = (mode, work) => opened().then((base) => new Promise((done, failed) => {
            const store = base.transaction("photos", mode).objectStore("photos");
            const asked = work(store);
            asked.onsuccess = () => { base.close(); done(asked.result); };
            asked.onerror = () => { base.close(); failed(asked.error); };
        })).catch(() => null);
        return {
            keep: (photo) => act("readwrite", (store) => store.put(photo)),
            drop: (id) => act("readwrite", (store) => store.delete(id)),
            all: () => act("readonly", (store) => store.getAll()).then((found) => found || []),
        };
    })();

    const start = () => {
        const form = find("#answers");
        if (!form) return;
        const contribution = form.dataset.contribution;
        const kept = shelf(contribution);
        const saved = find(".saved");
        const questions = all("[data-question]");
        let token = find("[name=csrfmiddlewaretoken]", form).value;

        // ——— the saved line ———
        const words = find("[data-words]", saved);
        const time = find("[data-time]", saved);
        const clock = () => new Intl.DateTimeFormat(root.lang, {
            hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: form.dataset.zone,
        }).format(new Date());
        const say = (kind) => {
            const shown = kind !== "done" && kind !== "saving" && kind !== "gone" && !kept.works() ? "cannot" : kind;
            if (saved.dataset.kind !== shown) {
                saved.dataset.kind = shown;
                words.textContent = saved.dataset[shown];
            }
            time.textContent = shown === "done" ? saved.dataset.at.replace("{time}", clock()) : "";
            find("[data-copy]", saved).hidden = !["cannot", "gone"].includes(shown);
            find("[data-sign-in]", saved).hidden = shown !== "out";
        };
        find("[data-copy]", saved).addEventListener("click", async (event) => {
            const button = event.currentTarget;
            await navigator.clipboard.writeText(inputs().map((field) => valueOf(field)).filter(Boolean).join("\n\n"));
            button.textContent = button.dataset.copied;
        });

        // ——— reading and writing fields ———
        const inputs = () => all("[data-field]", form);
        const fieldOf = (key) => inputs().find((field) => field.dataset.field === key);
        const isChoice = (field) => field.tagName === "FIELDSET";
        const valueOf = (field) => (isChoice(field)
            ? all("input:checked", field).map((option) => option.value).join("\n")
            : field.value);
        const write = (field, text) => {
            if (isChoice(field)) {
                const lines = text.split("\n");
                all("input", field).forEach((option) => { option.checked = lines.includes(option.value); });
            } else {
                field.value = text;
            }
            about(field.closest("[data-question]"));
        };

        // ——— sending ———
        const waiting = new Map();
        const blocked = new Set();
        let turn = 0;
        let busy = false;
        let fails = 0;
        let timer = 0;

        const note = (field) => {
            const key = field.dataset.field;
            const record = {
                text: valueOf(field), base: Number(field.dataset.revision), writer, turn: ++turn,
            };
            waiting.set(key, record);
            kept.keep(key, record);
            if (fails) say(navigator.onLine ? "fault" : "away");
            else if (!kept.works()) say("cannot");
            later(PAUSE);
        };
        const later = (pause) => {
            clearTimeout(timer);
            timer = setTimeout(flush, pause);
        };
        const failed = (kind) => {
            fails += 1;
            say(kind);
            later(Math.min(1000 * 2 ** (fails - 1), LONGEST_WAIT));
        };

        const ask = async (url, body, { keepalive = false, timeout = TIMEOUT } = {}) => fetch(url, {
            method: "POST",
            body,
            keepalive,
            redirect: "manual",
            headers: { Accept: "application/json", "X-CSRFToken": token },
            signal: keepalive ? undefined : AbortSignal.timeout(timeout),
        });
        const renewToken = async () => {
            const page = await fetch(location.pathname, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
            const found = /name="csrfmiddlewaretoken" value="(\w+)"/.exec(await page.text());
            if (found) token = found[1];
            return Boolean(found);
        };
        const bodyOf = (key, record) => new URLSearchParams({ key, ...record });

        const flush = async () => {
            clearTimeout(timer);
            if (busy) return;
            busy = true;
            const slow = setTimeout(() => say("saving"), 1000);
            try {
                for (const [key, record] of [...waiting]) {
                    if (!blocked.has(key) && !(await send(key, record))) return;
                }
                if (fails) { fails = 0; sendPhotos(); }
            } finally {
                clearTimeout(slow);
                busy = false;
            }
            const left = [...waiting.keys()].filter((key) => !blocked.has(key));
            if (left.length) later(PAUSE);
            else if (saved.dataset.kind !== "gone" && (turn || saved.dataset.kind !== "idle")) say("done");
        };

        const send = async (key, record) => {
            let answer;
            try {
                answer = await ask(form.dataset.answer, bodyOf(key, record));
                if (answer.status === 403) {
                    if (!await renewToken()) { failed("out"); return false; }
                    answer = await ask(form.dataset.answer, bodyOf(key, record));
                }
            } catch {
                failed("away");
                return false;
            }
            if (answer.status === 401 || answer.type === "opaqueredirect") { failed("out"); return false; }
            if (answer.status === 404) { say("gone"); return false; }
            if (answer.status === 410) { settled(key, record); return true; }
            if (!answer.ok) { failed("fault"); return false; }
            let told;
            try {
                told = await answer.json();
            } catch {
                failed("fault");
                return false;
            }
            alsoHere(told.also);
            if (told.outcome === "two") { doubled(key, told); return true; }
            settled(key, record, told.revision);
            return true;
        };
        const settled = (key, record, revision) => {
            const field = fieldOf(key);
            if (field && revision !== undefined) field.dataset.revision = revision;
            if (waiting.get(key) !== record) {
                // Typed further meanwhile: that goes on from what was just kept.
                if (waiting.has(key) && revision !== undefined) {
                    const newer = waiting.get(key);
                    newer.base = revision;
                    kept.keep(key, newer);
                }
                return;
            }
            waiting.delete(key);
            kept.drop(key);
        };
        const goodbye = () => {
            for (const [key, record] of waiting) {
                if (!blocked.has(key)) ask(form.dataset.answer, bodyOf(key, record), { keepalive: true }).catch(() => {});
            }
        };

        // ——— two versions ———
        const doubled = (key, told) => {
            blocked.add(key);
            waiting.delete(key);
            kept.drop(key);
            const field = fieldOf(key);
            if (!field) return;
            field.dataset.revision = told.revision;
            find(`[data-two="${key}"]`, form)?.remove();
            field.insertAdjacentHTML("beforebegin", told.html);
            prepareTwo(find(`[data-two="${key}"]`, form));
            find(`[data-two="${key}"] .two__title`, form).focus();
        };
        const prepareTwo = (box) => {
            const key = box.dataset.two;
            const field = fieldOf(key);
            blocked.add(key);
            field.hidden = true;
            all("[data-version]", box).forEach((option) => {
                find("[data-here]", option.parentElement).hidden = option.dataset.version !== writer;
            });
            all("[data-keep]", box).forEach((button) => button.addEventListener("click", (event) => {
                event.preventDefault();
                settle(box, key, button.dataset.keep);
            }));
        };
        const settle = async (box, key, how) => {
            const field = fieldOf(key);
            const options = all("[data-version]", box);
            const texts = options.map((option) => find("[data-text]", option.parentElement).textContent);
            const chosen = how === "both" ? texts.filter(Boolean).join("\n\n") : texts[options.findIndex((option) => option.checked)];
            const record = { text: chosen, base: Number(field.dataset.revision), writer, turn: ++turn };
            let told;
            try {
                const answer = await ask(form.dataset.settle, bodyOf(key, record));
                if (!answer.ok) throw new Error(String(answer.status));
                told = await answer.json();
            } catch {
                say("away");
                return;
            }
            if (told.outcome === "two") { doubled(key, told); return; }
            box.remove();
            blocked.delete(key);
            field.hidden = false;
            field.dataset.revision = told.revision;
            write(field, chosen);
            field.focus();
            say("done");
        };

        // ——— what this device still had ———
        const takeUp = () => {
            for (const field of inputs()) {
                const key = field.dataset.field;
                const record = kept.get(key);
                if (record) takeUpOne(field, key, record);
            }
            if (waiting.size) later(0);
        };
        const takeUpOne = (field, key, record) => {
            const revision = Number(field.dataset.revision);
            const isNext = record.base === revision
                || (record.writer === field.dataset.writer && record.turn > Number(field.dataset.turn));
            if (record.text === valueOf(field)) { kept.drop(key); return; }
            if (record.writer === field.dataset.writer && !isNext) { kept.drop(key); return; }
            if (isNext && !blocked.has(key)) {
                write(field, record.text);
                note(field);
            } else {
                waiting.set(key, record);
            }
        };

        // ——— one question at a time ———
        let now = 1;
        let first = 1;
        let together = false;
        const total = questions.length;
        const overview = find("#all");
        const next = find("[data-next]");
        const back = find("[data-back]");
        const toggle = find("[data-all]");
        const isAnswered = (question) => all("[data-field]", question).some((field) => !field.dataset.field.includes(".") && valueOf(field).trim() !== "")
            || Boolean(find("[data-shown-photo]", question));
        const about = (question) => {
            const number = Number(question.dataset.question);
            const done = isAnswered(question);
            const bar = find(`[data-bar="${number}"]`);
            bar.classList.toggle("bars__one--done", done);
            bar.classList.toggle("bars__one--skipped", !done && number < now);
            bar.classList.toggle("bars__one--now", number === now && !together);
            const state = find(`[data-go="${number}"] [data-state]`);
            state.textContent = done ? state.dataset.done : state.dataset.open;
            state.classList.toggle("all__state--done", done);
            tooLong(question);
            if (number === now) label(question);
        };
        const tooLong = (question) => {
            const warning = find("p[data-long]", question);
            if (!warning) return;
            const enough = Number(question.dataset.enough);
            const number = valueOf(find("[data-field]", question)).split(/\s+/).filter(Boolean).length;
            warning.hidden = !enough || number <= Number(question.dataset.longFrom);
            if (!warning.hidden) warning.textContent = warning.dataset.words.replace("{number}", number).replace("{enough}", enough);
        };
        const label = (question) => {
            const isLast = together || now === total;
            const empty = !isAnswered(question);
            find("[data-label]", next).textContent = isLast ? next.dataset.see : empty ? next.dataset.skip : next.dataset.on;
            next.classList.toggle("button--main", isLast || !empty);
            back.hidden = together || now === 1;
        };
        const show = (number, { focus = true, remember = true } = {}) => {
            now = Math.min(Math.max(number, 1), total);
            overview.hidden = true;
            root.classList.remove("choosing");
            form.hidden = false;
            find("[data-buttons]").hidden = false;
            toggle.setAttribute("aria-expanded", "false");
            root.classList.toggle("together", together);
            questions.forEach((question) => {
                const isNow = Number(question.dataset.question) === now;
                question.hidden = !together && !isNow;
                about(question);
            });
            const counted = find("[data-count]");
            counted.textContent = counted.dataset.words.replace("{number}", now).replace("{total}", total)
                + (now === total ? ` · ${counted.dataset.last}` : "");
            const question = questions[now - 1];
            if (remember) history.pushState({ now }, "", `?question=${now}`);
            if (focus) (find("textarea", question) || find(".question__ask", question)).focus({ preventScroll: true });
            window.scrollTo(0, 0);
            if (together) question.scrollIntoView();
        };
        const showAll = () => {
            const opens = overview.hidden;
            overview.hidden = !opens;
            root.classList.toggle("choosing", opens);
            form.hidden = opens;
            find("[data-buttons]").hidden = opens;
            toggle.setAttribute("aria-expanded", String(opens));
            if (opens) find("#all-title").focus();
        };
        const leave = async () => {
            while (busy) await new Promise((done) => { setTimeout(done, 50); });
            await flush();
            if (![...waiting.keys()].some((key) => !blocked.has(key))) location.assign(form.dataset.story);
        };
        next.addEventListener("click", () => { if (together || now === total) leave(); else { later(0); show(now + 1); } });
        back.addEventListener("click", () => show(now - 1));
        toggle.addEventListener("click", showAll);
        all("[data-go]").forEach((button) => button.addEventListener("click", () => show(Number(button.dataset.go))));
        find("[data-together]").addEventListener("click", (event) => {
            const button = event.currentTarget;
            together = !together;
            [button.textContent, button.dataset.apart] = [button.dataset.apart, button.textContent];
            show(now);
        });
        window.addEventListener("popstate", (event) => show(event.state?.now || first, { remember: false }));

        // ——— somebody else ———
        const alsoHere = (name) => {
            const box = find("[data-also]");
            const told = find("[data-also-words]", box);
            box.hidden = !name;
            if (name) told.textContent = told.dataset.alsoWords.replaceAll("{name}", name);
        };

        // ——— photos ———
        const sizeOf = (bytes) => (bytes >= 1e6
            ? `${new Intl.NumberFormat(root.lang, { maximumFractionDigits: 1 }).format(bytes / 1e6)} MB`
            : `${Math.round(bytes / 1000)} kB`);
        const smaller = async (file) => {
            let picture;
            try {
                picture = await createImageBitmap(file, { imageOrientation: "from-image" });
            } catch {
                return file; // a kind this browser can't read: the server may
            }
            const part = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
            const canvas = document.createElement("canvas");
            canvas.width = Math.round(picture.width * part);
            canvas.height = Math.round(picture.height * part);
            canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
            picture.close();
            const made = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
            const named = file.name.replace(/\.\w+$/, "");
            return made && made.size < file.size ? new File([made], `${named}.jpg`, { type: "image/jpeg" }) : file;
        };
        const choose = async (input) => {
            const [file] = input.files;
            if (!file) return;
            const key = input.dataset.photo;
            tell(key, "sending");
            const picture = await smaller(file);
            input.value = "";
            const photo = { id: `${contribution}.${writer}.${++turn}`, contribution, key, picture, name: picture.name, was: file.size };
            await album.keep(photo);
            sendPhoto(photo);
        };
        const lineOf = (key) => find("[data-photo-words]", find(`[data-photos-of="${key}"]`).closest("[data-question]"));
        const tell = (key, kind, photo) => {
            const line = lineOf(key);
            line.classList.toggle("photos__wait--wrong", false);
            const said = line.dataset[kind === "kept" && photo.was <= photo.picture.size ? "saved" : kind];
            line.textContent = kind === "kept"
                ? said.replace("{from}", sizeOf(photo.was)).replace("{to}", sizeOf(photo.picture.size))
                : said;
        };
        const sending = new Set();
        const sendPhoto = async (photo) => {
            if (sending.has(photo.id)) return;
            sending.add(photo.id);
            try {
                const body = new FormData();
                body.append("key", photo.key);
                body.append("once", photo.id);
                body.append("file", photo.picture, photo.name);
                tell(photo.key, "sending");
                const answer = await ask(form.dataset.photos, body, { timeout: 120000 });
                const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
                if (!told || answer.status === 401) throw new Error(String(answer.status));
                await album.drop(photo.id);
                if (told.outcome === "saved") putPhoto(photo, told.html);
                else refuse(photo, told.message);
            } catch {
                tell(photo.key, "waiting");
                fails += 1;
                later(Math.min(2000 * fails, LONGEST_WAIT));
            } finally {
                sending.delete(photo.id);
            }
        };
        const sendPhotos = async () => {
            const found = await album.all();
            found.filter((photo) => photo.contribution === contribution).forEach(sendPhoto);
        };
        const refuse = (photo, message) => {
            const line = lineOf(photo.key);
            line.classList.add("photos__wait--wrong");
            line.textContent = `${photo.name}: ${message}`;
        };
        const putPhoto = (photo, html) => {
            const list = find(`[data-photos-of="${photo.key}"]`);
            list.insertAdjacentHTML("beforeend", html);
            tell(photo.key, "kept", photo);
            counted(list);
        };
        const counted = (list) => {
            const question = list.closest("[data-question]");
            find("[data-choose]", question).hidden = all("[data-shown-photo]", list).length >= Number(list.dataset.most);
            about(question);
        };
        const remove = async (button) => {
            const photo = button.closest("[data-shown-photo]");
            const list = photo.parentElement;
            try {
                const answer = await ask(button.dataset.remove, new FormData());
                if (!answer.ok) throw new Error(String(answer.status));
            } catch {
                failed("fault");
                return;
            }
            lineOf(list.dataset.photosOf).textContent = "";
            photo.remove();
            counted(list);
        };

        // ——— begin ———
        form.addEventListener("input", (event) => {
            const field = event.target.closest("[data-field]");
            if (!field) return;
            note(field);
            about(field.closest("[data-question]"));
        });
        form.addEventListener("change", (event) => { if (event.target.dataset.photo) choose(event.target); });
        form.addEventListener("click", (event) => {
            const button = event.target.closest("[data-remove]");
            if (button) { event.preventDefault(); remove(button); }
        });
        form.addEventListener("submit", (event) => event.preventDefault());
        window.addEventListener("online", () => { fails = 0; later(0); sendPhotos(); });
        window.addEventListener("offline", () => { if (waiting.size) say("away"); });
        window.addEventListener("pagehide", goodbye);
        document.addEventListener("visibilitychange", () => { if (document.hidden) goodbye(); else if (waiting.size) later(0); });
        window.addEventListener("beforeunload", (event) => { if (waiting.size && !kept.works()) event.preventDefault(); });
        if (window.visualViewport) {
            const ride = () => {
                const hidden = Math.max(0, innerHeight - visualViewport.height - visualViewport.offsetTop);
                root.style.setProperty("--keyboard", `${Math.round(hidden)}px`);
                root.classList.toggle("typing", hidden > 120);
            };
            visualViewport.addEventListener("resize", ride);
            visualViewport.addEventListener("scroll", ride);
        }
        all("[data-two]", form).forEach(prepareTwo);
        const wanted = Number(new URLSearchParams(location.search).get("question"));
        const firstOpen = questions.findIndex((question) => !isAnswered(question)) + 1;
        first = wanted || firstOpen || 1;
        show(first, { focus: Boolean(wanted), remember: false });
        if (!kept.works()) say("cannot");
        takeUp();
        sendPhotos();
    };

    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
})();
