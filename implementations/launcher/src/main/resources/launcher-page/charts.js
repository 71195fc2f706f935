// The small charts: the last five minutes, one sample a second. Each keeps a fixed number of samples, however long the page is open.
import uPlot from "./webjars/uplot/1.6.30/dist/uPlot.esm.js";
import { money, setText } from "./element.js";
import { requestsOf } from "./map.js";

const SAMPLES = 300;
const SHORTEST_SECONDS = 60; // A new page begins with a chart of this length, and fills it from the right.

const dark = matchMedia("(prefers-color-scheme: dark)");
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const time = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

class Chart {
  /** @param series for each line: its label, its CSS variable with the color, and its dashes */
  constructor(id, series) {
    this.container = document.getElementById(id);
    this.series = series;
    this.samples = [[], ...series.map(() => [])];
    this.draw();
    new ResizeObserver(() => this.plot.setSize(this.size())).observe(this.container);
    dark.addEventListener("change", () => this.draw());
  }

  draw() {
    this.plot?.destroy();
    const axis = { stroke: color("--quiet"), grid: { stroke: color("--line"), width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
    this.plot = new uPlot({
      ...this.size(),
      legend: { show: false },
      cursor: { show: false },
      padding: [6, 26, 0, 0],
      scales: { x: { time: true, range: (plot, low, high) => [Math.min(low, high - SHORTEST_SECONDS), high] }, y: { range: (plot, low, high) => this.range(low, high) } },
      axes: [
        { ...axis, size: 22, space: 70, grid: { show: false }, values: (plot, ticks) => ticks.map((tick) => time.format(tick * 1000)) },
        { ...axis, size: 52, space: 28 },
      ],
      series: [{}, ...this.series.map(({ variable, dash }) => ({
        stroke: color(variable), width: 2, dash, points: { show: false }, spanGaps: true,
      }))],
    }, this.samples, this.container);
  }

  size() {
    return { width: this.container.clientWidth, height: this.container.clientHeight };
  }

  range(low, high) {
    return [0, Math.max(1, (high ?? 0) * 1.1)];
  }

  add(seconds, values) {
    [seconds, ...values].forEach((value, i) => {
      this.samples[i].push(value);
      if (this.samples[i].length > SAMPLES) this.samples[i].shift();
    });
    this.plot.setData(this.samples);
  }
}

class RevenueChart extends Chart {
  range(low, high) {
    const margin = Math.max(1, ((high ?? 0) - (low ?? 0)) * 0.1);
    return [Math.max(0, (low ?? 0) - margin), (high ?? 0) + margin];
  }
}

const BOTH = [{ variable: "--series-1" }, { variable: "--series-2", dash: [5, 3] }];
const rates = new Chart("rate-chart", BOTH);
const latencies = new Chart("latency-chart", BOTH);
const revenues = new RevenueChart("revenue-chart", [{ variable: "--series-1" }]);
const say = (id, text) => setText(document.getElementById(id), text);

const total = (all, kind) => all.reduce((sum, live) => ({ count: sum.count + live[kind].count, seconds: sum.seconds + live[kind].seconds }), { count: 0, seconds: 0 });
const average = ({ count, seconds }) => (count ? seconds / count * 1000 : null);

/** Adds a reading, and the revenue at this time; null if it is unknown. */
export function add(reading, revenue) {
  if (!reading.seconds) return;
  const all = [...reading.services.values()];
  const [reads, changes] = [total(all, "reads"), total(all, "changes")];
  const perSecond = [reads.count / reading.seconds, changes.count / reading.seconds];
  const averages = [average(reads), average(changes)];
  const now = Date.now() / 1000;
  rates.add(now, perSecond);
  latencies.add(now, averages);
  revenues.add(now, [revenue]);
  say("reads-rate", perSecond[0].toFixed(0));
  say("changes-rate", perSecond[1].toFixed(0));
  // Without requests, the latest latency stays.
  if (averages[0] !== null) say("reads-latency", averages[0].toFixed(1));
  if (averages[1] !== null) say("changes-latency", averages[1].toFixed(1));
  say("revenue-now", revenue === null ? "unknown" : money(revenue));
}
