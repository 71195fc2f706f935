import com.fasterxml.jackson.annotation.JacksonAnnotation;
import feign.Param;
import feign.RequestLine;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the metadata with which GraalVM's native-image builds an application with the SDK: the interfaces that Feign
 * implements, the types in their signatures, the other types that Jackson reads and writes, and the resources. The
 * build runs this program with the compiled classes, so the metadata is always complete.
 */
final class ReachabilityMetadata {

    private static final String BASE = "io.multicloudboutique.client.";

    private final SortedSet<Class<?>> interfaces = new TreeSet<>(Comparator.comparing(Class::getName));
    private final SortedSet<Class<?>> types = new TreeSet<>(Comparator.comparing(Class::getName));
    private final SortedSet<String> resources = new TreeSet<>();

    /**
     * @param args the folder of the compiled classes, and the file to write
     */
    public static void main(String[] args) throws IOException {
        var metadata = new ReachabilityMetadata(Path.of(args[0]));
        var file = Path.of(args[1]);
        Files.createDirectories(file.getParent());
        Files.writeString(file, metadata.json());
    }

    private ReachabilityMetadata(Path classes) throws IOException {
        try (var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var path = classes.relativize(file).toString().replace('\\', '/');
                if (!path.endsWith(".class")) {
                    resources.add(path);
                } else if (!path.endsWith("-info.class")) {
                    examine(load(
                            path.substring(0, path.length() - ".class".length()).replace('/', '.')));
                }
            }
        }
        resources.removeIf(path -> path.startsWith("META-INF/"));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ReachabilityMetadata.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void examine(Class<?> type) {
        if (Stream.of(type.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(RequestLine.class))) {
            interfaces.add(type);
            for (var method : type.getDeclaredMethods()) {
                add(method.getGenericReturnType());
                for (var parameter : method.getParameters()) {
                    add(parameter.getParameterizedType());
                    // Feign creates an instance of this class.
                    Stream.of(parameter.getAnnotationsByType(Param.class)).forEach(param -> add(param.expander()));
                }
            }
        } else if (isReadByJackson(type)) {
            add(type);
        }
    }

    private static boolean isReadByJackson(Class<?> type) {
        Stream<AnnotatedElement> elements = Stream.of(
                        Stream.of(type),
                        Stream.of(type.getDeclaredFields()),
                        Stream.of(type.getDeclaredMethods()),
                        Stream.of(type.getDeclaredConstructors()),
                        Stream.of(type.getDeclaredConstructors())
                                .map(Constructor::getParameters)
                                .flatMap(Stream::of))
                .flatMap(stream -> stream);
        return elements.flatMap(element -> Stream.of(element.getDeclaredAnnotations()))
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(JacksonAnnotation.class));
    }

    /** Adds the SDK's types that this type consists of, with those of their fields and supertypes. */
    private void add(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            add(parameterized.getRawType());
            Stream.of(parameterized.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            Stream.of(wildcard.getUpperBounds()).forEach(this::add);
        } else if (type instanceof Class<?> raw && raw.getName().startsWith(BASE) && types.add(raw)) {
            Stream.of(raw.getDeclaredFields()).forEach(field -> add(field.getGenericType()));
            Stream.of(raw.getGenericInterfaces()).forEach(this::add);
            if (raw.getGenericSuperclass() != null) {
                add(raw.getGenericSuperclass());
            }
        }
    }

    private String json() {
        var proxies = interfaces.stream().map(type -> "{\"type\": {\"proxy\": [\"" + type.getName() + "\"]}}");
        var members = "\"allDeclaredConstructors\": true, \"allDeclaredMethods\": true, \"allDeclaredFields\": true";
        var reflected = Stream.concat(interfaces.stream(), types.stream())
                .map(type -> "{\"type\": \"" + type.getName() + "\", " + members + "}");
        return "{\n  \"reflection\": " + array(Stream.concat(proxies, reflected)) + ",\n  \"resources\": "
                + array(resources.stream().map(path -> "{\"glob\": \"" + path + "\"}")) + "\n}\n";
    }

    private static String array(Stream<String> elements) {
        return elements.collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"));
    }
}
