package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Checks that a cursor is accepted only by the list that returned it, with the same filters. */
public final class CursorPromises {

    private static final Pattern CURSOR = Pattern.compile("[?&]cursor=([A-Za-z0-9_-]+)>");

    private CursorPromises() {}

    /**
     * Checks the cursor after the first item of a list.
     *
     * @param list the path and the filters of a list with at least two items
     * @param others paths and filters that must not accept the cursor
     */
    public static void assertBound(ContractClient client, String list, String... others) {
        var cursor = after(client, list);

        client.get(with(list, "limit=1&cursor=" + cursor)).expect(200);
        client.get(with(list, "limit=200&cursor=" + cursor)).expect(200);
        client.get(with(list, "cursor=" + cursor + "&unheardOf=1")).expect(200);
        for (var other : others) {
            assertRejected(client, with(other, "cursor=" + cursor));
        }
        for (var changed : changed(cursor)) {
            assertRejected(client, with(list, "cursor=" + changed));
        }
    }

    /**
     * Checks the cursor after the first item of each list, which no other list must accept.
     *
     * @param lists paths and filters of lists with at least two items
     */
    public static void assertBoundToEach(ContractClient client, List<String> lists) {
        for (var list : lists) {
            assertBound(
                    client,
                    list,
                    lists.stream().filter(another -> !another.equals(list)).toArray(String[]::new));
        }
    }

    /** Returns the cursor after the first item of a list. */
    public static String after(ContractClient client, String list) {
        var link = client.get(with(list, "limit=1")).expect(200).header("Link");
        var cursor = CURSOR.matcher(link);
        assertThat(cursor.find()).as(list + " has a second page: " + link).isTrue();
        return cursor.group(1);
    }

    private static String with(String list, String parameter) {
        return list + (list.contains("?") ? "&" : "?") + parameter;
    }

    private static void assertRejected(ContractClient client, String path) {
        var problem = client.get(path).expectProblem(400, "validation-failed");
        assertThat(problem.json().at("/violations/0/pointer").asString())
                .as(problem.toString())
                .isEqualTo("query:cursor");
    }

    /** Returns the cursor with each of its characters changed or removed, and truncated in each place. */
    private static List<String> changed(String cursor) {
        var changed = new ArrayList<String>();
        for (int i = 0; i < cursor.length(); i++) {
            var other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            var next = (char) (cursor.charAt(i) == 'z' ? 'a' : cursor.charAt(i) == '9' ? '8' : cursor.charAt(i) + 1);
            changed.add(cursor.substring(0, i) + other + cursor.substring(i + 1));
            if (Character.isLetterOrDigit(next)) {
                changed.add(cursor.substring(0, i) + next + cursor.substring(i + 1));
            }
            changed.add(cursor.substring(0, i) + cursor.substring(i + 1));
            if (i > 0) {
                changed.add(cursor.substring(0, i));
            }
        }
        changed.add(cursor + "A");
        // the key alone, as in earlier versions
        for (var key : List.of("1", "OLJCESPC7Z", "2026-01-20T10:30:00Z_1", "2026-01-20_1")) {
            changed.add(Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes()));
        }
        return changed;
    }
}
