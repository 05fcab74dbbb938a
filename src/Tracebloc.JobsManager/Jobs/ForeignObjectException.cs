using Tracebloc.Net;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>An object of a run's name that another owner made.</summary>
/// <param name="message">The object first, then the fault and the remedy.</param>
internal sealed class ForeignObjectException(string message) : Exception(Escaped.Text(message));
