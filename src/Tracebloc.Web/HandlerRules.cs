namespace Tracebloc.Web;

/// <summary>The rules of a program for all of its answers.</summary>
public sealed record HandlerRules
{
    /// <summary>The name of the program, as messages give it.</summary>
    public required string Program { get; init; }

    /// <summary>One request, from its first byte to its answer.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>The wait that a client is asked for while a service is away.</summary>
    public required TimeSpan RetryAfter { get; init; }

    /// <summary>The form of a fault: each protocol has its own.</summary>
    public required Func<WebFault, Answer> Form { get; init; }

    /// <summary>The answer to a path that no route has.</summary>
    public string UnknownPath { get; init; } = "There is no such path";

    /// <summary>The fault of an exception that a service throws while it is away; null for every other.</summary>
    /// <example><c>The database gives no answer</c>.</example>
    public Func<Exception, string?> Absence { get; init; } = _ => null;
}
