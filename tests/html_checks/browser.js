// Opens a page in a real browser and prints, as JSON, what a reader of it would notice.
// node browser.js CHROMIUM PAGE.html PAGE.pdf, with playwright-core and axe-core to be found by NODE_PATH.
"use strict";
const { chromium } = require("playwright-core");
const { pathToFileURL } = require("node:url");

const [executablePath, page, pdf] = process.argv.slice(2);
const VIEWS = {
  wide: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  "without scripts": { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
};

async function look(browser, options) {
  // axe is put into the page from outside, which its policy would not allow.
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  const seen = { heading: await tab.textContent("h1") };
  if (options.javaScriptEnabled !== false) {
    await tab.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
    seen.sideways = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    seen.violations = await tab.evaluate(async () =>
      (await axe.run(document, { resultTypes: ["violations"] })).violations.map((each) => `${each.impact}: ${each.id}: ${each.nodes[0].html}`));
  }
  await context.close();
  return seen;
}

/** What happens where the page's own policy holds: who reads by keyboard, sorts, filters and prints. */
async function use(browser) {
  const tab = await browser.newPage();
  const said = [];
  const requests = [];
  tab.on("console", (message) => said.push(message.text()));
  tab.on("pageerror", (error) => said.push(error.message));
  tab.on("request", (request) => requests.push(request.url()));
  await tab.goto(pathToFileURL(page).href);
  await tab.keyboard.press("Tab");
  const focus = await tab.evaluate(() => {
    const { left, top } = document.activeElement.getBoundingClientRect();
    return { text: document.activeElement.textContent, isVisible: left >= 0 && top >= 0 };
  });
  const table = tab.locator("table.sortable").first();
  const totals = () => table.locator("tbody tr:visible td[data-label=Total]").allTextContents();
  const heading = table.locator("thead th", { hasText: "Total" });
  await heading.locator("button").focus();
  await tab.keyboard.press("Enter");
  const rising = { order: await heading.getAttribute("aria-sort"), totals: await totals() };
  await tab.keyboard.press("Enter");
  const falling = { order: await heading.getAttribute("aria-sort"), totals: await totals() };
  await tab.locator("input[type=search]").first().fill("e017");
  const found = { totals: await totals(), count: await tab.locator("output").first().textContent() };
  await tab.locator("input[type=search]").first().fill("");
  await tab.emulateMedia({ colorScheme: "dark" }); // paper is white all the same
  await tab.pdf({ path: pdf, preferCSSPageSize: true });
  return { said, requests, focus, rising, falling, found };
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] }); // containers have none
  const views = {};
  for (const [name, options] of Object.entries(VIEWS)) views[name] = await look(browser, options);
  process.stdout.write(JSON.stringify({ views, use: await use(browser) }));
  await browser.close();
})();
