using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Submitting;

/// <summary>A call of jobs-manager that was not answered as wanted.</summary>
/// <param name="failure">The kind of the fault.</param>
/// <param name="message">The thing first, then the fault, the cause and the remedy.</param>
public sealed class SubmittingException(SubmittingFailure failure, string message) : Exception(Escaped.Text(message))
{
    /// <summary>The kind of the fault.</summary>
    public SubmittingFailure Failure => failure;

    /// <summary>The status of the answer; 0: there was none.</summary>
    public int Status { get; init; }

    /// <summary>The faults of a specification that was rejected for them; they follow the message.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; init; } = [];

    /// <summary>True where the token was refused, or its account may not do this.</summary>
    public bool IsNotPermitted => Status is 401 or 403;

    /// <summary>True where there is no such run or data set.</summary>
    public bool IsNotFound => Status == 404;

    /// <summary>True where the state of a run or data set is in the way.</summary>
    public bool IsConflict => Status == 409;
}

/// <summary>The kind of a fault that ends a call of jobs-manager.</summary>
public enum SubmittingFailure
{
    /// <summary>jobs-manager refuses the call: a repetition cannot succeed.</summary>
    Rejected,

    /// <summary>jobs-manager failed, or its answer is none.</summary>
    Failed,

    /// <summary>There was no usable answer in time.</summary>
    Unreachable,
}
