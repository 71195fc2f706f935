package io.multicloudboutique.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A curl command of the documentation, to be run as it stands but for its host. Understands -X, -H and -d. Immutable. */
public record CurlCommand(String method, String path, List<String> headers, String data) {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /** Reads one command, which may be continued over lines by backslashes. */
    public static CurlCommand parse(String command) {
        var words = new ArrayList<String>();
        var matcher = WORD.matcher(command.replace("\\\n", " ").strip());
        while (matcher.find()) {
            words.add(
                    matcher.group(1) != null
                            ? matcher.group(1)
                            : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        }
        if (!words.get(0).equals("curl")) {
            throw new IllegalArgumentException("Not a curl command: " + command);
        }
        var method = "GET";
        var url = "";
        var headers = new ArrayList<String>();
        var data = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-H" -> headers.add(words.get(++i));
                case "-d" -> data = words.get(++i);
                default -> url = words.get(i);
            }
        }
        // The host is written as a variable or a placeholder.
        var path = url.replaceFirst("^(https?://)?[^/]*", "");
        return new CurlCommand(method, path, List.copyOf(headers), data);
    }

    /** Runs it against this service. */
    public ContractClient.Answer run(ContractClient client) {
        var call = client.call(method, path);
        for (var header : headers) {
            var parts = header.split(":", 2);
            call.header(parts[0], parts[1].strip());
        }
        return (data.isEmpty() ? call : call.body(data)).send();
    }
}
