namespace Tracebloc.Kubernetes;

/// <summary>
/// One event of an <see cref="ObjectFeed"/>: <see cref="ListBegins"/>, <see cref="ObjectSeen"/>,
/// <see cref="ObjectKnown"/>, <see cref="ObjectGone"/>, <see cref="ObjectFault"/>, <see cref="ListEnds"/>,
/// <see cref="FeedLost"/> or <see cref="FeedResumed"/>.
/// </summary>
/// <remarks>
/// The order is <c>ListBegins (ObjectSeen | ObjectKnown | ObjectFault)* ListEnds
/// (ObjectSeen | ObjectGone | ObjectFault)*</c>, again and again. <see cref="FeedLost"/> may stand
/// anywhere; a <see cref="ListBegins"/> without a <see cref="ListEnds"/> before it means that the list in between broke
/// off, and that what it had is no complete set.
/// </remarks>
public abstract record FeedEvent
{
    private protected FeedEvent()
    {
    }
}

/// <summary>A list of all objects begins: a caller that compares uids begins a new set.</summary>
/// <param name="IsStreamed">The server streams the list; otherwise it comes in pages, or as metadata.</param>
public sealed record ListBegins(bool IsStreamed) : FeedEvent;

/// <summary>The state of an object that exists. The same state may be reported more than once.</summary>
/// <param name="Identity">Its identity and version.</param>
/// <param name="Json">
/// The object in UTF-8, byte for byte as the server sent it; the memory belongs to the receiver. Custom resources state
/// their <c>apiVersion</c> and <c>kind</c>; in pages of a list, objects of the types that are built into Kubernetes
/// state neither, and those of <see cref="ObjectFeed.Type"/> are meant.
/// </param>
/// <param name="How">The way in which the object was learnt of.</param>
public sealed record ObjectSeen(ObjectIdentity Identity, ReadOnlyMemory<byte> Json, SeenHow How) : FeedEvent;

/// <summary>An object of a list that the reader has already: <see cref="FeedOptions.Known"/>.</summary>
/// <param name="Identity">Its identity and version.</param>
public sealed record ObjectKnown(ObjectIdentity Identity) : FeedEvent;

/// <summary>The way in which an object was learnt of.</summary>
public enum SeenHow
{
    /// <summary>It is part of a list.</summary>
    Listed,

    /// <summary>It was created.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,
}

/// <summary>An object was deleted.</summary>
/// <param name="Identity">Its identity, and the version of its deletion.</param>
/// <param name="Json">Its last state, with that version in it; as in <see cref="ObjectSeen.Json"/>.</param>
public sealed record ObjectGone(ObjectIdentity Identity, ReadOnlyMemory<byte> Json) : FeedEvent;

/// <summary>
/// An object that the feed cannot hand over: too long, without a uid, or of an unknown kind of event. The feed goes on.
/// </summary>
/// <param name="Identity">
/// Its identity, as far as it could be read: a GET may get the object. Of a list: it is part of it. Null: not known.
/// </param>
/// <param name="Reason">The fault, in one line.</param>
public sealed record ObjectFault(ObjectIdentity? Identity, string Reason) : FeedEvent
{
    internal static ObjectFault Unidentified() => new(null, "an object of the list has no name or uid");

    internal static ObjectFault TooLong(ObjectIdentity? identity, int limit) =>
        new(identity, $"the object is longer than {limit} bytes");
}

/// <summary>
/// The list is complete: an object that was not reported since <see cref="ListBegins"/> did not exist when it ended, or
/// was created so late that it is reported after this. Events follow from here without a gap.
/// </summary>
/// <param name="ResourceVersion">The version of the list. It is below earlier ones only where etcd went back.</param>
/// <param name="Unidentified">
/// The objects that the list has but whose uid is not known (<see cref="ObjectFault"/> without an identity): unless it
/// is 0, an object that was not reported may exist all the same.
/// </param>
public sealed record ListEnds(string ResourceVersion, int Unidentified) : FeedEvent;

/// <summary>
/// The feed has no connection, and tries again for as long as it is read. Reported when the state begins and whenever
/// its loss becomes another one, not for each attempt. A connection that breaks and can be resumed at once is not
/// reported.
/// </summary>
/// <param name="Loss">The kind of the loss.</param>
/// <param name="Error">The failure: what, where, and the remedy.</param>
/// <param name="RetryAfter">The pause before the next attempt.</param>
public sealed record FeedLost(FeedLoss Loss, KubernetesException Error, TimeSpan RetryAfter) : FeedEvent;

/// <summary>
/// The watch, or the list, goes on from where it was: no event of the time since <see cref="FeedLost"/> is missing.
/// Where that is not possible, <see cref="ListBegins"/> comes instead.
/// </summary>
public sealed record FeedResumed : FeedEvent;

/// <summary>The kinds of a <see cref="FeedLost"/>.</summary>
public enum FeedLoss
{
    /// <summary>The server cannot be reached, or fails. The watch goes on from where it was, if possible.</summary>
    Unreachable,

    /// <summary>
    /// The server does not serve the type (404): its CRD is not installed, or was removed. A list follows when it is.
    /// </summary>
    NotServed,

    /// <summary>The credentials do not suffice: 401 or 403.</summary>
    Forbidden,

    /// <summary>The server no longer knows the events since the last one seen (410). A list follows.</summary>
    Expired,

    /// <summary>
    /// The server's versions are below one that was seen, as after etcd was restored from a backup. A list follows.
    /// </summary>
    WentBack,

    /// <summary>An answer cannot be read or has another refusal, which another attempt may not change.</summary>
    Refused,
}
