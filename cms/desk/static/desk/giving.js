// Handing a link over: the phone's own way to share, copying, printing. All of it works without.
(() => {
    "use strict";
    document.documentElement.classList.add("js");
    const find = (selector) => document.querySelector(selector);

    const share = find("[data-share]");
    if (share && navigator.share) {
        share.hidden = false;
        share.addEventListener("click", async () => {
            const form = share.form;
            const body = new FormData(form);
            body.set("way", "share");
            try {
                const answer = await fetch(location.pathname, {
                    method: "POST",
                    body,
                    headers: { Accept: "application/json" },
                    signal: AbortSignal.timeout(15000),
                });
                if (!answer.ok) throw new Error(String(answer.status));
                await navigator.share(await answer.json());
            } catch (fault) {
                // Closing the sheet is no fault; for all others the text can be copied.
                if (fault.name !== "AbortError") form.requestSubmit(find("[value=message]"));
            }
        });
    }

    const copy = find("[data-copy-message]");
    if (copy && navigator.clipboard) {
        copy.hidden = false;
        copy.addEventListener("click", async () => {
            await navigator.clipboard.writeText(find("[data-message]").value);
            copy.textContent = copy.dataset.copied;
        });
    }

    const print = find("[data-print]");
    if (print) {
        print.hidden = false;
        print.addEventListener("click", () => window.print());
    }
})();
