package io.multicloudboutique.benchmarks;

import java.util.List;
import java.util.Locale;

/** Draws our requests per second divided by those of each peer: a group of bars for each scenario. */
final class Chart {

    private static final int LABELS = 430;
    private static final int BARS = 400;
    private static final int BAR_HEIGHT = 14;
    private static final int GROUP_GAP = 12;
    private static final int TOP = 64;

    /** Without a background, so that the page's own shows. The colours have enough contrast on white and on black. */
    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
            <title>Our requests per second divided by those of each peer</title>
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328 }
              .value { font-size: 11px }
              .one { stroke: #59636e; stroke-dasharray: 3 3 }
              .peer0 { fill: #0969da } .peer1 { fill: #1a7f37 } .peer2 { fill: #bf8700 }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc }
                .one { stroke: #9198a1 }
                .peer0 { fill: #58a6ff } .peer1 { fill: #3fb950 } .peer2 { fill: #d29922 }
              }
            </style>
            """;

    private Chart() {}

    static String of(Results results) {
        List<String> peers = results.targets().stream()
                .map(Target::name)
                .filter(name -> !name.equals(Options.TARGETS.get(0)))
                .toList();
        double greatest = results.scenarios().stream()
                .flatMap(scenario -> peers.stream().flatMap(peer -> results.speedRatio(scenario, peer).stream()))
                .reduce(1.0, Math::max);
        double unit = BARS / greatest;
        int group = peers.size() * BAR_HEIGHT + GROUP_GAP;
        int height = TOP + results.scenarios().size() * group;

        StringBuilder svg = new StringBuilder(HEAD.formatted(LABELS + BARS + 60, height));
        line(
                svg,
                "<text x='0' y='16'>Our requests per second ÷ those of the peer, in the same run. Longer is better for us.</text>");
        for (int peer = 0; peer < peers.size(); peer++) {
            int x = LABELS + peer * 110;
            line(svg, "<rect class='peer%d' x='%d' y='30' width='12' height='12'/>", peer, x);
            line(svg, "<text x='%d' y='41'>%s</text>", x + 18, peers.get(peer));
        }
        int y = TOP;
        for (Scenario scenario : results.scenarios()) {
            line(
                    svg,
                    "<text x='%d' y='%d' text-anchor='end'>%s</text>",
                    LABELS - 10,
                    y + peers.size() * BAR_HEIGHT / 2 + 4,
                    scenario.title());
            for (int peer = 0; peer < peers.size(); peer++) {
                double ratio = results.speedRatio(scenario, peers.get(peer)).orElse(0.0);
                int top = y + peer * BAR_HEIGHT;
                line(
                        svg,
                        "<rect class='peer%d' x='%d' y='%d' width='%.1f' height='%d'/>",
                        peer,
                        LABELS,
                        top,
                        ratio * unit,
                        BAR_HEIGHT - 2);
                line(
                        svg,
                        "<text class='value' x='%.1f' y='%d'>%.2f</text>",
                        LABELS + ratio * unit + 4,
                        top + BAR_HEIGHT - 4,
                        ratio);
            }
            y += group;
        }
        line(
                svg,
                "<line class='one' x1='%1$.1f' x2='%1$.1f' y1='%2$d' y2='%3$d'/>",
                LABELS + unit,
                TOP - 8,
                height - GROUP_GAP);
        line(svg, "<text class='value' x='%.1f' y='%d' text-anchor='middle'>equal</text>", LABELS + unit, TOP - 10);
        return svg.append("</svg>\n").toString();
    }

    private static void line(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format.replace('\'', '"'), values))
                .append('\n');
    }
}
