// Runs Lighthouse on many pages in one Chromium. Takes a JSON object on stdin ({checkers, chrome, pages: [{url, scheme,
// form, skip}]}), gives one JSON object a line on stdout for each page, in their order.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { checkers, chrome, pages } = JSON.parse(Buffer.concat(chunks));

// The packages lie in another folder than this file.
const installed = createRequire(pathToFileURL(`${checkers}/node_modules/lighthouse/package.json`));
const load = async name => import(pathToFileURL(installed.resolve(name)));
const { default: lighthouse, desktopConfig } = await load("lighthouse");
const { default: puppeteer } = await load("puppeteer-core");

const browser = await puppeteer.launch({
  executablePath: chrome,
  headless: true,
  // The first three are what Lighthouse's own launcher asks for to have quiet measurements.
  args: ["--disable-extensions", "--disable-component-update", "--mute-audio", "--no-sandbox"],
});
for (const { url, scheme, form, skip } of pages) {
  const page = await browser.newPage();
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  const flags = { logLevel: "error", output: "json", skipAudits: skip.length ? skip : null };
  const { lhr } = await lighthouse(url, flags, form === "desk" ? desktopConfig : undefined, page);
  const scores = {}, failed = [];
  for (const [name, category] of Object.entries(lhr.categories)) {
    scores[name] = category.score === null ? null : Math.round(category.score * 100);
    for (const { id, weight } of category.auditRefs) {
      const { score, scoreDisplayMode, title, displayValue, details } = lhr.audits[id];
      if (weight > 0 && score !== null && score < (name === "performance" ? 0.9 : 1))
        failed.push({ id, title, value: displayValue ?? "", nodes: (details?.items ?? []).slice(0, 3)
          .map(item => item.node?.snippet ?? item.url ?? item.description ?? "") });
      if (scoreDisplayMode === "error") failed.push({ id, title: `${title}: ${lhr.audits[id].errorMessage}`, value: "", nodes: [] });
    }
  }
  const shifted = lhr.audits["cumulative-layout-shift"]?.numericValue ?? null;
  const seconds = (lhr.audits["largest-contentful-paint"]?.numericValue ?? 0) / 1000;
  const bytes = lhr.audits["total-byte-weight"]?.numericValue ?? null;
  const error = lhr.runtimeError?.message ?? "";
  console.log(JSON.stringify({ url, scheme, form, scores, failed, shifted, seconds, bytes, error }));
  await page.close();
}
await browser.close();
