namespace Tracebloc.Kubernetes;

/// <summary>An action, in the words of RBAC.</summary>
/// <param name="Verb">For example <c>get</c>, <c>create</c>.</param>
/// <param name="Type">The resource.</param>
/// <param name="Namespace">The namespace; null: all of them, or a type that lives in none.</param>
public sealed record AccessQuestion(string Verb, ResourceType Type, string? Namespace)
{
    /// <summary>For example <c>exec</c> of pods; null: the objects themselves.</summary>
    public string? Subresource { get; init; }

    /// <summary>The one object; null: all of the type.</summary>
    public string? Name { get; init; }
}

/// <summary>The answer to an <see cref="AccessQuestion"/>.</summary>
public enum AccessVerdict
{
    /// <summary>The action is allowed.</summary>
    Allowed,

    /// <summary>No Role grants the action, or a rule forbids it.</summary>
    Denied,

    /// <summary>The server could not decide, for example because an authorizer is out of reach.</summary>
    Unknown,
}

/// <summary>The answer to an <see cref="AccessQuestion"/>.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Reason">The server's reason, in one line; empty when it gave none.</param>
public sealed record AccessAnswer(AccessVerdict Verdict, string Reason)
{
    /// <summary>True when the action is allowed; an unknown answer is no permission and no refusal.</summary>
    public bool IsAllowed => Verdict == AccessVerdict.Allowed;

    // An evaluation error beside "allowed: false" means that an authorizer failed: the "no" is not certain.
    internal static AccessAnswer Of(AccessReviewStatus status) => status switch
    {
        { Allowed: true } => new(AccessVerdict.Allowed, Net.Line.Of(status.Reason ?? "")),
        { Denied: false, EvaluationError.Length: > 0 } =>
            new(AccessVerdict.Unknown, Net.Line.Of(status.EvaluationError)),
        _ => new(AccessVerdict.Denied, Net.Line.Of(status.Reason ?? "")),
    };
}
