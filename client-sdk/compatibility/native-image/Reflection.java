import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.EventRequestManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs a program and observes which of the SDK's classes Feign and Jackson use by reflection. Fails if the metadata for
 * native images does not list one of them: a native image could not run the program. Unlike GraalVM's tracing agent,
 * this needs only a JDK.
 */
class Reflection {

    private static final String SDK = "io.multicloudboutique.client.";
    private static final String LIBRARIES = SDK + "internal.shaded.";
    private static final Set<String> METHODS = Set.of(
            "getConstructor",
            "getConstructors",
            "getDeclaredConstructor",
            "getDeclaredConstructors",
            "getDeclaredFields",
            "getDeclaredMethods",
            "getMethods",
            "getRecordComponents",
            "newInstance");

    private final Set<String> used = new TreeSet<>();

    /**
     * @param args the file of the metadata, the class path of the program, and its main class
     */
    public static void main(String[] args) throws Exception {
        var listed = Pattern.compile("\"type\": \"([^\"]+)\"")
                .matcher(Files.readString(Path.of(args[0])))
                .results()
                .map(type -> type.group(1))
                .collect(Collectors.toSet());
        var reflection = new Reflection();
        reflection.run(args[1], args[2]);
        System.out.println("Feign and Jackson use " + reflection.used.size() + " classes by reflection.");
        reflection.used.removeAll(listed);
        if (reflection.used.size() > 0 || listed.isEmpty()) {
            System.out.println("The metadata does not list " + reflection.used);
            System.exit(1);
        }
    }

    private void run(String classPath, String main) throws Exception {
        var connector = Bootstrap.virtualMachineManager().defaultConnector();
        var arguments = connector.defaultArguments();
        arguments.get("options").setValue("-XX:TieredStopAtLevel=1 -cp " + classPath);
        arguments.get("main").setValue(main);
        var machine = connector.launch(arguments);
        copy(machine.process().getInputStream(), System.out);
        copy(machine.process().getErrorStream(), System.err);
        for (var type : List.of("java.lang.Class", "java.lang.reflect.Constructor")) {
            machine.classesByName(type).forEach(this::observe);
            var prepared = machine.eventRequestManager().createClassPrepareRequest();
            prepared.addClassFilter(type);
            prepared.enable();
        }
        try {
            while (true) {
                var events = machine.eventQueue().remove();
                for (var event : events) {
                    if (event instanceof ClassPrepareEvent prepared) {
                        observe(prepared.referenceType());
                    } else if (event instanceof BreakpointEvent breakpoint) {
                        record(breakpoint);
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            // The program has ended.
        }
    }

    private static void copy(InputStream from, PrintStream to) {
        var thread = new Thread(() -> {
            try {
                from.transferTo(to);
            } catch (IOException e) {
                // The program has ended.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void observe(ReferenceType type) {
        EventRequestManager requests = type.virtualMachine().eventRequestManager();
        for (var method : type.methods()) {
            if (METHODS.contains(method.name()) && !method.isNative() && !method.isAbstract()) {
                var breakpoint = requests.createBreakpointRequest(method.location());
                breakpoint.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                breakpoint.enable();
            }
        }
    }

    private void record(BreakpointEvent event) throws Exception {
        var frames = event.thread().frames(0, 2);
        var receiver = frames.get(0).thisObject();
        var type = receiver instanceof ClassObjectReference reference
                ? reference
                : (ClassObjectReference) receiver.getValue(receiver.referenceType().fieldByName("clazz"));
        var name = type.reflectedType().name();
        var caller = frames.get(1).location().declaringType().name();
        if (caller.startsWith(LIBRARIES) && name.startsWith(SDK) && !name.startsWith(LIBRARIES)) {
            used.add(name);
        }
    }
}
