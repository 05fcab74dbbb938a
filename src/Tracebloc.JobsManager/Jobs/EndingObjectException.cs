using Tracebloc.Net;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>An object of a run's name is being deleted: the same call succeeds once it is gone.</summary>
/// <param name="message">The object first, then the fault and the remedy.</param>
internal sealed class EndingObjectException(string message) : Exception(Escaped.Text(message));
