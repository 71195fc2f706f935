package io.multicloudboutique.client;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public API as text, with one line for each type and member that users may rely on. A change to the API is
 * compatible if every old line is still there, because changing or removing an element removes its old line.
 */
final class PublicApi {

    private static final String BASE = "io.multicloudboutique.client.";

    /**
     * Interfaces that may gain methods, because only the SDK implements them. Users can implement every other
     * interface, so a new method there breaks their code.
     */
    private static final Set<Class<?>> IMPLEMENTED_ONLY_BY_THE_SDK = Set.of(
            AsyncPages.class,
            Attempt.class,
            BoutiqueClient.class,
            BoutiqueClientAsync.class,
            Page.class,
            Pages.class,
            RawResponse.class);

    /** All clients extend these interfaces, and only the SDK implements them. */
    private static final Set<Class<?>> CLIENTS =
            Set.of(ServiceClient.class, ServiceClient.WithRawResponse.class, ServiceClientAsync.class);

    private final SortedSet<Class<?>> types = new TreeSet<>(Comparator.comparing(Class::getName));
    private final Set<Class<?>> createdByUsers = new HashSet<>();
    private final Set<Class<?>> named = new HashSet<>();
    private final SortedSet<String> lines = new TreeSet<>();

    PublicApi() {
        classes().filter(PublicApi::isPublic).forEach(types::add);
        // Repeats until no type is added: users also create the components of the records that they create.
        for (var before = -1; before < createdByUsers.size(); ) {
            before = createdByUsers.size();
            types.forEach(type -> executables(type).forEach(this::addCreatedByUsers));
        }
        named.clear();
        types.forEach(this::addLines);
    }

    SortedSet<String> lines() {
        return lines;
    }

    /** The public types of the API. */
    Set<Class<?>> types() {
        return types;
    }

    /** The types that the API mentions, in signatures and as supertypes. */
    Set<Class<?>> named() {
        return named;
    }

    private static Stream<Class<?>> classes() {
        try {
            var root = Path.of(BoutiqueClient.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (var files = Files.walk(root)) {
                return files
                        .map(file -> root.relativize(file).toString())
                        .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                        .map(file -> file.replaceAll("[/\\\\]", ".").replaceAll("\\.class$", ""))
                        .filter(name -> !name.startsWith(BASE + "internal."))
                        .<Class<?>>map(PublicApi::load)
                        .toList()
                        .stream();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private void addCreatedByUsers(Executable executable) {
        var type = executable.getDeclaringClass();
        if (executable instanceof Method method
                && isImplementedByUsers(type)
                && Modifier.isAbstract(method.getModifiers())) {
            type(method.getAnnotatedReturnType());
        } else {
            Stream.of(executable.getAnnotatedParameterTypes()).forEach(this::type);
        }
        createdByUsers.addAll(named);
        named.clear();
    }

    private static boolean isImplementedByUsers(Class<?> type) {
        return type.isInterface()
                && !type.isSealed()
                && !IMPLEMENTED_ONLY_BY_THE_SDK.contains(type)
                && CLIENTS.stream().noneMatch(client -> client.isAssignableFrom(type));
    }

    private void addLines(Class<?> type) {
        lines.add(name(type) + " = " + declaration(type));
        for (var field : type.getDeclaredFields()) {
            if (isAccessible(field.getModifiers()) && !field.isSynthetic()) {
                lines.add(name(type) + "." + field.getName() + ": "
                        + (field.isEnumConstant() ? "constant" : modifiers(field) + type(field.getAnnotatedType())));
            }
        }
        executables(type).forEach(executable -> lines.add(name(type) + line(executable)));
        if (isImplementedByUsers(type)) {
            lines.add(name(type) + " is implemented with "
                    + executables(type)
                            .filter(method -> Modifier.isAbstract(method.getModifiers()))
                            .map(this::line)
                            .sorted()
                            .collect(joining(", ")));
        }
    }

    private String declaration(Class<?> type) {
        var words = new ArrayList<String>();
        var isClass = !type.isInterface() && !type.isEnum() && !type.isRecord();
        if (isClass && Modifier.isAbstract(type.getModifiers())) {
            words.add("abstract");
        }
        if (isClass && Modifier.isFinal(type.getModifiers())) {
            words.add("final");
        }
        words.add(
                type.isAnnotation()
                        ? "annotation"
                        : type.isInterface()
                                ? "interface"
                                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class");
        if (type.getTypeParameters().length > 0) {
            words.add(typeParameters(type.getTypeParameters()).strip());
        }
        if (isClass && type.getSuperclass() != Object.class) {
            words.add("extends " + type(type.getAnnotatedSuperclass()));
        }
        if (type.getInterfaces().length > 0) {
            words.add((type.isInterface() ? "extends " : "implements ") + list(type.getAnnotatedInterfaces()));
        }
        if (type.isSealed()) {
            words.add("permits "
                    + Stream.of(type.getPermittedSubclasses())
                            .map(this::name)
                            .sorted()
                            .collect(joining(", ")));
        }
        return String.join(" ", words);
    }

    /**
     * The constructors and methods that users may rely on. This excludes the constructors of exceptions and of response
     * records, which only the SDK creates, and the methods that every object, record or enum has.
     */
    private Stream<Executable> executables(Class<?> type) {
        var createdOnlyByTheSdk =
                Throwable.class.isAssignableFrom(type) || type.isRecord() && !createdByUsers.contains(type);
        return Stream.concat(
                        createdOnlyByTheSdk ? Stream.<Executable>empty() : Stream.of(type.getDeclaredConstructors()),
                        Stream.of(type.getDeclaredMethods()).filter(method -> !isInheritedByEveryType(method)))
                .filter(executable -> isAccessible(executable.getModifiers()) && !executable.isSynthetic());
    }

    private static boolean isAccessible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static boolean isInheritedByEveryType(Method method) {
        return switch (method.getName()) {
            case "equals", "valueOf" -> method.getParameterCount() == 1;
            case "hashCode", "toString", "values" -> method.getParameterCount() == 0;
            default -> false;
        };
    }

    private String line(Executable executable) {
        var parameters = list(executable.getAnnotatedParameterTypes());
        var line = new StringBuilder()
                .append(executable instanceof Constructor ? "" : "." + executable.getName())
                .append('(')
                .append(executable.isVarArgs() ? parameters.replaceAll("\\[]$", "...") : parameters)
                .append(')');
        if (executable instanceof Method method) {
            line.append(": ")
                    .append(modifiers(method))
                    .append(typeParameters(method.getTypeParameters()))
                    .append(type(method.getAnnotatedReturnType()));
        } else if (Modifier.isProtected(executable.getModifiers())) {
            line.append(": protected");
        }
        if (executable.getExceptionTypes().length > 0) {
            line.append(" throws ").append(list(executable.getAnnotatedExceptionTypes()));
        }
        return line.toString();
    }

    /** The modifiers that matter to users. Callers cannot tell whether an interface method has a body. */
    private static String modifiers(Member member) {
        var modifiers =
                member.getModifiers() & (Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT);
        if (member.getDeclaringClass().isInterface()) {
            modifiers &= ~Modifier.ABSTRACT;
        }
        if (member instanceof Method
                && Modifier.isFinal(member.getDeclaringClass().getModifiers())) {
            modifiers &= ~Modifier.FINAL;
        }
        return modifiers == 0 ? "" : Modifier.toString(modifiers) + " ";
    }

    private String typeParameters(TypeVariable<?>[] parameters) {
        return parameters.length == 0
                ? ""
                : Stream.of(parameters)
                        .map(parameter -> parameter.getName() + bounds(" extends ", parameter.getAnnotatedBounds()))
                        .collect(joining(", ", "<", "> "));
    }

    private String bounds(String keyword, AnnotatedType[] bounds) {
        var named = Stream.of(bounds)
                .map(this::type)
                .filter(bound -> !bound.equals("Object"))
                .toList();
        return named.isEmpty() ? "" : keyword + String.join(" & ", named);
    }

    private String list(AnnotatedType[] types) {
        return Stream.of(types).map(this::type).collect(joining(", "));
    }

    private String type(AnnotatedType type) {
        var nullable = type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
        if (type instanceof AnnotatedArrayType array) {
            return type(array.getAnnotatedGenericComponentType()) + (nullable.isEmpty() ? "" : " " + nullable) + "[]";
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            return "?"
                    + bounds(" super ", wildcard.getAnnotatedLowerBounds())
                    + bounds(" extends ", wildcard.getAnnotatedUpperBounds());
        }
        if (type instanceof AnnotatedTypeVariable variable) {
            return nullable + variable.getType().getTypeName();
        }
        return nullable
                + name(rawType(type.getType()))
                + (type instanceof AnnotatedParameterizedType parameterized
                        ? "<" + list(parameterized.getAnnotatedActualTypeArguments()) + ">"
                        : "");
    }

    private static Class<?> rawType(Type type) {
        return (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
    }

    /** The name of the type without the SDK's package and without {@code java.lang}. */
    private String name(Class<?> type) {
        named.add(type);
        return type.getCanonicalName().replaceFirst("^(" + BASE.replace(".", "\\.") + "|java\\.lang\\.)", "");
    }
}
