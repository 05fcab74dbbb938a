namespace Tracebloc.Registry;

/// <summary>Keeps the entries of a list of referrers that are worth reading, and of the others nothing.</summary>
internal sealed class ReferrerCollector(ReferrerFilter filter)
{
    private const int MaxKept = 16, MaxSeen = 1000;

    private readonly List<Referrer> _likely = [];
    private readonly List<Referrer> _others = [];
    private int _seen;
    private long _bytes;
    private bool _isCut;

    public string Annotation => filter.Annotation;

    /// <summary>True when no further entry would be kept.</summary>
    public bool IsFull => _seen == MaxSeen || (_likely.Count == MaxKept && _others.Count == MaxKept);

    public ReferrerList ToList() => new([.. _likely, .. _others], !_isCut, _bytes);

    /// <summary>Says that there are entries which are not read.</summary>
    public void Cut() => _isCut = true;

    public void Count(int bytes) => _bytes += bytes;

    public void Add(Digest digest, string? artifactType, string? annotation)
    {
        _seen++;
        var isLikely = filter.FitsType(artifactType) && filter.FitsAnnotation(annotation);
        var kept = isLikely ? _likely : _others;
        if (kept.Exists(known => known.Digest == digest))
            return;
        if (kept.Count == MaxKept)
            _isCut = true;
        else
            kept.Add(new Referrer(digest, isLikely));
    }
}
