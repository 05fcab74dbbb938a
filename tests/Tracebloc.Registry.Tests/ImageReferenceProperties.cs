using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Registry.Tests;

public sealed class ImageReferenceProperties
{
    private const string LowerCase = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string AnyCase = LowerCase + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    [Fact]
    public void A_printed_reference_is_read_back_equal() => Prop.ForAll(
        References().ToArbitrary(),
        text =>
        {
            var reference = ImageReference.Parse(text);
            return ImageReference.Parse(reference.ToString()) == reference;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_reference_can_always_be_asked_for() => Prop.ForAll(
        References().ToArbitrary(),
        text =>
        {
            var reference = ImageReference.Parse(text);
            var path = $"/v2/{reference.Path}/manifests/{reference.Tag ?? reference.Digest?.ToString()}";
            return new Uri($"https://{reference.Domain}{path}").AbsolutePath == path;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_either_a_reference_or_refused_in_words() => Prop.ForAll<string>(
        text => ImageReference.TryParse(text, out var reference, out var error)
            ? ImageReference.Parse(reference.ToString()) == reference
            : error is { Length: > 0 }).QuickCheckThrowOnFailure();

    private static Gen<string> References() =>
        from domain in Gen.OneOf(
            Gen.Constant(""),
            Gen.Elements("localhost/", "index.docker.io/", "docker.io/", "[2001:db8::1]:5000/", "[::1]/"),
            from labels in Text(AnyCase, 1, 20).ArrayOf(2)
            from port in Gen.OneOf(Gen.Constant(""), Gen.Choose(1, 65535).Select(p => $":{p}"))
            select string.Join('.', labels) + port + "/")
        from first in Text(LowerCase, 1, 20)
        from path in Components(first)
        from tag in Gen.OneOf(Gen.Constant(""), Text(AnyCase + "_", 1, 128).Select(t => $":{t}"))
        from digest in Gen.OneOf(Gen.Constant(""), Text("0123456789abcdef", 64, 64).Select(h => $"@sha256:{h}"))
        select domain + path + tag + digest;

    private static Gen<string> Components(string first) =>
        from more in (
            from separator in Gen.Elements("/", ".", "_", "__", "-", "---")
            from text in Text(LowerCase, 1, 10)
            select separator + text).ArrayOf(4)
        from count in Gen.Choose(0, 4)
        select "x/" + first + string.Concat(more.Take(count));

    private static Gen<string> Text(string alphabet, int least, int most) =>
        from length in Gen.Choose(least, most)
        from characters in Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)
        select new string(characters);
}
