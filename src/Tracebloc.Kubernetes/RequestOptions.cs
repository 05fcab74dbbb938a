namespace Tracebloc.Kubernetes;

/// <summary>Options of a list.</summary>
public sealed record ListOptions
{
    /// <summary>For example <c>app=manager,tier!=test</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>For example <c>metadata.name=web</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Items per request; all pages are fetched. 500 is what kubectl asks for.</summary>
    public int PageSize { get; init; } = 500;
}

/// <summary>Options of a write: the field manager, and whether it is a dry run.</summary>
public record WriteOptions
{
    /// <summary>The name under which <c>managedFields</c> records the change; at most 128 characters.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Admit, validate and answer, but store nothing.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Options of a patch.</summary>
public sealed record PatchOptions : WriteOptions;

/// <summary>Options of a create.</summary>
public sealed record CreateOptions : WriteOptions;

/// <summary>Options of a delete.</summary>
public sealed record DeleteOptions
{
    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>; null: the resource's own default.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Ask, but delete nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Delete the object with this uid only; 409 when it has another. Null: any.</summary>
    public string? Uid { get; init; }

    /// <summary>Delete this version only; 409 when the object has changed since. Null: any.</summary>
    public string? ResourceVersion { get; init; }
}
