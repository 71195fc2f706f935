package io.multicloudboutique.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The CPU time and the memory of a process and its descendants, from {@code /proc}. Empty on systems without it.
 *
 * @param root the process that started the others
 */
record ProcessTree(long root) {

    private static final Path PROC = Path.of("/proc");

    /** The unit of CPU times in {@code /proc}. It is 10 ms in the programs' interface of every Linux kernel. */
    private static final long MICROSECONDS_PER_TICK = 10_000;

    /** Returns the CPU time that the processes have used so far, including processes that have already ended. */
    OptionalLong cpuMicroseconds() {
        return sum(ProcessTree::cpuMicroseconds);
    }

    /** Returns the memory that the processes use now. Memory that several of them share counts several times. */
    OptionalLong residentBytes() {
        return sum(ProcessTree::residentBytes);
    }

    private OptionalLong sum(ToLongFunction<Long> value) {
        if (!Files.isReadable(PROC.resolve("self/stat"))) {
            return OptionalLong.empty();
        }
        List<Long> descendants = ProcessHandle.of(root).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList();
        return OptionalLong.of(Stream.concat(Stream.of(root), descendants.stream())
                .mapToLong(value)
                .sum());
    }

    private static long cpuMicroseconds(long pid) {
        String stat = read(pid, "stat");
        // The name of the program is in parentheses and may contain spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        long ticks = 0;
        // utime, stime, and both of the children that have ended: fields 14 to 17, counted from the process id.
        for (int field = 14; field <= 17 && field - 3 < fields.length; field++) {
            ticks += Long.parseLong(fields[field - 3]);
        }
        return ticks * MICROSECONDS_PER_TICK;
    }

    private static long residentBytes(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve(file));
        } catch (IOException ended) {
            return "";
        }
    }
}
