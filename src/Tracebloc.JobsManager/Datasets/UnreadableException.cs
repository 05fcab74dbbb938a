using Tracebloc.Net;

namespace Tracebloc.JobsManager.Datasets;

/// <summary>The account of jobs-manager may not read the data sets.</summary>
internal sealed class UnreadableException(string message, Exception innerException)
    : Exception(Escaped.Text(message), innerException);
