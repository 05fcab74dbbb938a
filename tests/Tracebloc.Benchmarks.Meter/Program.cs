// Runs a command and tells from outside what it took: meter COMMAND [ARGUMENT…] runs it with this standard input and
// environment, sends its standard output to standard error, and prints one line when it has ended:
//
//   EXIT-CODE WALL-MICROSECONDS CPU-MICROSECONDS PEAK-KIB
//
// CPU time is that of all its processes together, user and system; the peak is that of the largest of them. This is a
// program of its own because Linux counts the memory of whoever started a process into its peak (exec_mmap keeps the
// old image's high-water mark): what starts it must be smaller than what is measured, as a benchmark host is not.

using System.Diagnostics;
using Tracebloc.Benchmarks.Meter;

if (args is [])
{
    Console.Error.WriteLine("meter COMMAND [ARGUMENT…]");
    return 2;
}

var started = Stopwatch.GetTimestamp();
var (exitCode, usage) = Child.Run(args);
var wall = Stopwatch.GetElapsedTime(started);
Console.WriteLine(FormattableString.Invariant(
    $"{exitCode} {wall.TotalMicroseconds:0} {usage.Cpu.TotalMicroseconds:0} {usage.PeakKiB}"));
return 0;
