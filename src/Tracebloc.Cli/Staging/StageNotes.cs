namespace Tracebloc.Cli.Staging;

/// <summary>Takes what a staging pod has to report while it is made and removed.</summary>
/// <param name="Waiting">Takes the reason for a wait, each time that it changes.</param>
/// <param name="Warning">Takes a fault that does not end the push.</param>
internal sealed record StageNotes(Action<string> Waiting, Action<string> Warning);
