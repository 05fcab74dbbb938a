using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Validation;

/// <summary>Files that are looked into share by share, against all of them at once.</summary>
public sealed class FilesShareTests : IDisposable
{
    private static readonly IngestSpecification Detection = new()
    {
        Category = "object_detection",
        Table = "t",
        Intent = Intent.Train,
        Source = "rows.csv",
        Format = SourceFormat.Csv,
        Files = new() { TargetSize = new(8, 8) },
    };

    private static readonly IngestSpecification Pairs = Detection with { Category = "seq2seq" };

    private readonly SampleFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shares_of_images_and_annotations_give_what_all_files_give()
    {
        byte[][] images = [SampleImages.Jpeg(8, 8), SampleImages.Jpeg(8, 9), [], SampleImages.Jpeg(8, 8)[..^2]];
        string[] annotations = ["<annotation>", "<annotation/>", "x", ""];
        Prop.ForAll(
            (from files in (
                 from image in Gen.Choose(0, 3) from other in Gen.Choose(0, 3) select (image, other)).ListOf()
             from shares in Gen.Choose(1, 9)
             select (files, shares)).ToArbitrary(),
            drawn =>
            {
                _folder.Clear();
                foreach (var (at, (image, other)) in drawn.files.Index())
                    _folder.With($"images/i{at}.jpg", images[image]).With($"annotations/i{at}.xml", annotations[other]);
                HoldsAsync(Detection, drawn.shares).GetAwaiter().GetResult();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Shares_of_texts_give_the_notes_of_all_files(int shares)
    {
        for (var file = 0; file < 60; file++) _folder.With($"texts/t{file}.txt", file % 3 == 0 ? "one" : "a\tb");

        Assert.Contains("20; first: texts/t0.txt", await HoldsAsync(Pairs, shares), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_folder_that_cannot_be_listed_are_looked_into_at_once()
    {
        var files = Files(Pairs);

        Assert.Null(files.Merge([await files.LookAsync(FilesShare.All, Token)]));
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Files_of_all_shares_count_to_the_limit(int most, bool isBroken)
    {
        for (var file = 0; file < 10; file++) _folder.With($"images/i{file}.jpg").With($"images/.hidden{file}");
        Directory.CreateDirectory(_folder.At("images/folder"));
        var found = new FilesFindings();
        var pass = new FilesPass(_folder.Images, found) { Share = new(1, 5), MostFiles = most };

        var names = pass.List(Token).Select(entry => entry.Name).ToList();

        Assert.Equal((isBroken, isBroken), (pass.IsBroken, found.IsBroken));
        Assert.All(names, name => Assert.True(pass.Share.Has(name)));
        if (!isBroken) Assert.Equal(Enumerable.Range(0, 10).Count(file => pass.Share.Has($"i{file}.jpg")), names.Count);
    }

    [Fact]
    public void Each_file_is_in_one_share()
    {
        var shares = Enumerable.Range(0, 5).Select(number => new FilesShare(number, 5)).ToList();

        for (var file = 0; file < 1_000; file++)
            Assert.Single(shares, share => share.Has($"é{file}.jpg"));
        Assert.All(shares, share =>
            Assert.InRange(Enumerable.Range(0, 1_000).Count(file => share.Has($"é{file}.jpg")), 150, 250));
    }

    private FilesValidation Files(IngestSpecification specification) => FilesValidation.Of(
        specification,
        _folder.Of(specification.Category == "seq2seq" ? [_folder.Texts] : [_folder.Images, _folder.Annotations]));

    private async Task<string> HoldsAsync(IngestSpecification specification, int count)
    {
        Directory.CreateDirectory(_folder.Images.Path);
        Directory.CreateDirectory(_folder.Annotations.Path);
        var files = Files(specification);
        Assert.True(files.HasShares);
        var shares = new List<byte[]>();
        foreach (var number in Enumerable.Range(0, count).Reverse())
            shares.Add(await files.LookAsync(new FilesShare(number, count), Token));
        var merged = files.Merge(shares);
        Assert.NotNull(merged);
        var (whole, some) = (await ShowAsync(files), await ShowAsync(merged));
        Assert.Equal(whole, some);
        return whole;
    }

    private static async Task<string> ShowAsync(FilesValidation files)
    {
        var lines = new List<string>();
        foreach (var folder in files.Folders)
        {
            var findings = await SampleFolder.CheckAsync(folder);
            lines.Add($"{findings.Validator} {findings.Total}");
            lines.AddRange(findings.First.Select(finding => $"{finding}"));
            lines.AddRange(findings.Notes);
        }

        return string.Join('\n', lines);
    }
}
