package io.multicloudboutique.aottraining;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;

/**
 * A service to train, as a program of its own. It needs its database, and writes its requests to the file
 * {@code requests}. The JVM of a real service writes the cache; this service writes the file itself.
 */
final class SmallService {

    private static final String CONTRACT = """
            {"paths": {"/menu": {"get": {}, "post": {"requestBody": {"content": {"application/json": {"examples":
              {"tea": {"value": {"name": "Tea"}}}}}}}}, "/menu/{id}": {"get": {}}}}
            """;

    public static void main(String[] arguments) throws Exception {
        var fault = arguments[0];
        if (fault.equals("does-not-start")) {
            System.out.println("no configuration");
            System.exit(3);
        }
        var database = URI.create(System.getenv("DATABASE_URL"));
        var credentials = database.getUserInfo().split(":");
        DriverManager.getConnection(
                        "jdbc:postgresql://" + database.getHost() + ":" + database.getPort() + database.getPath(),
                        credentials[0],
                        credentials[1])
                .close();
        var address = new InetSocketAddress(System.getenv("BIND_ADDRESS"), Integer.parseInt(System.getenv("PORT")));
        var server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            var request = exchange.getRequestMethod() + " " + path + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            append("requests", request.strip() + "\n");
            var body = (path.equals("/openapi.json") ? CONTRACT : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "menu/7");
            var fails = fault.equals("server-error") && path.equals("/menu");
            exchange.sendResponseHeaders(fails ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            switch (fault) {
                case "no-cache" -> System.out.println("no memory for the cache");
                case "other-exit-code" -> Runtime.getRuntime().halt(5);
                default -> append("app.aot", "classes");
            }
        }));
        server.start();
    }

    private static void append(String file, String text) {
        try {
            Files.writeString(Path.of(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
