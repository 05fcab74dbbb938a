using Tracebloc.EndToEnd;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};
var stories = new Stories(Parts.FromEnvironment(), new Narrator(Console.Out));
return await stories.TellAsync(interrupted.Token) ? 0 : 1;
