namespace Tracebloc.Kubernetes;

/// <summary>The objects that the reader of a feed has already, at the beginning of a list.</summary>
/// <param name="Version">The newest version that it has of any object: the list is not older.</param>
/// <param name="Has">
/// True for an object that it has as it is, by the identity and by an object of nothing but the metadata, which is
/// valid during the call.
/// </param>
public sealed record KnownObjects(string Version, Func<ObjectIdentity, ReadOnlyMemory<byte>, bool> Has);
