using System.Runtime.InteropServices;

namespace Tracebloc.Benchmarks.Meter;

/// <summary>The <c>struct rusage</c> of 64-bit Linux, as far as it is read here.</summary>
[StructLayout(LayoutKind.Sequential, Size = 144)]
internal readonly struct ResourceUsage
{
    private readonly long userSeconds, userMicroseconds, systemSeconds, systemMicroseconds;

    /// <summary>The peak of the resident memory of the largest process.</summary>
    public readonly long PeakKiB;

    public TimeSpan Cpu => TimeSpan.FromSeconds(userSeconds + systemSeconds)
        + TimeSpan.FromMicroseconds(userMicroseconds + systemMicroseconds);
}
