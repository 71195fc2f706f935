package io.multicloudboutique.launcher;

import io.multicloudboutique.testing.ContractClient;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A curl command from a document, with the options -X, -H and -d. Immutable.
 *
 * @param host the host and port as the document has them, which can be a variable or a placeholder
 */
record CurlCommand(String method, String host, String path, List<String> headers, String data) {

    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*(?:\\$ )?(curl (?:.*\\\\\n)*.*)$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern URL = Pattern.compile("(?:https?://)?([^/]*)(.*)");

    /**
     * Returns all curl commands of a document. A backslash at the end of a line continues the command on the next line.
     */
    static List<CurlCommand> allIn(String document) {
        return COMMAND.matcher(document)
                .results()
                .map(found -> parse(found.group(1)))
                .toList();
    }

    private static CurlCommand parse(String command) {
        var words = WORD.matcher(command.replace("\\\n", " "))
                .results()
                .map(word ->
                        word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3))
                .toList();
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
        var parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("No URL in " + command);
        }
        return new CurlCommand(method, parts.group(1), parts.group(2), List.copyOf(headers), data);
    }

    /** Returns this command with the shell variable replaced by the value, in the path and in the data. */
    CurlCommand with(String variable, String value) {
        return new CurlCommand(
                method, host, path.replace("$" + variable, value), headers, data.replace("$" + variable, value));
    }

    /** Sends the request to the service of this client. */
    ContractClient.Answer run(ContractClient client) {
        var call = client.call(method, path);
        for (var header : headers) {
            var parts = header.split(":", 2);
            call.header(parts[0], parts[1].strip());
        }
        return (data.isEmpty() ? call : call.body(data)).send();
    }
}
