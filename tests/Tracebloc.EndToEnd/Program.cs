using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Tracebloc.EndToEnd;

[assembly: SupportedOSPlatform("linux")]

using var stopped = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var stories = new Stories(Parts.FromEnvironment(), new Narrator(Console.Out), Story.Named(args));
return await stories.RunAsync(stopped.Token) ? 0 : 1;

// What was made goes before the program does.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.Cancel();
}
