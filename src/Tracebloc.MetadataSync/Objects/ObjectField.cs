namespace Tracebloc.MetadataSync.Objects;

/// <summary>The members that are read of every object.</summary>
internal enum ObjectField
{
    None,
    ApiVersion,
    Kind,
    Uid,
    Namespace,
    Name,
    Version,
    CreatedAt,
    DeletedAt,
    Labels,
    Annotations,
    Finalizers,
}
