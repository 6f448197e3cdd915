using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.List;

/// <summary>Finds cameras among those that are known, and puts them in order.</summary>
internal static class CameraSearch
{
    /// <summary>The cameras that a view wants, in its order. Those with nothing in the column come last, whichever way it is sorted.</summary>
    public static IReadOnlyList<ListedCamera> Find(IEnumerable<ListedCamera> cameras, CameraQuery query)
    {
        var found = Matching(cameras, query);
        var ordered = query.SortBy switch
        {
            CameraColumn.Connection => Ordered(found, query, camera => camera.Connected ? DateTimeOffset.MaxValue : camera.ConnectedAt),
            CameraColumn.Power => Ordered(found, query, camera => camera.Power.Length == 0 ? null : camera.Power),
            CameraColumn.Licence => Ordered(found, query, camera => camera.Known is { Licence: var licence } ? ((int)licence.Kind * 1000) + (licence.Days ?? 0) : (int?)null),
            CameraColumn.Quota => Ordered(found, query, camera => camera.Known?.Quota?.Left),
            CameraColumn.Event => Ordered(found, query, camera => camera.Known?.LastEventAt),
            CameraColumn.Firmware => Ordered(found, query, camera => $"{camera.Model}\u001F{camera.Firmware}"),
            _ => Ordered(found, query, NameOf),
        };
        return [.. ordered
            .ThenBy(camera => NameOf(camera) is null)
            .ThenBy(NameOf, StringComparer.Ordinal)
            .ThenBy(camera => camera.DeviceId, StringComparer.Ordinal)
            .ThenBy(camera => camera.Coverage)];
    }

    /// <summary>How many of the cameras that the other filters leave are connected, and are not.</summary>
    public static IReadOnlyList<FilterOption> Connections(IReadOnlyCollection<ListedCamera> cameras, CameraQuery query, Func<string, string> label) =>
        Options([.. Matching(cameras, query with { Connections = FilterValues.None })], [CameraQuery.Connected, CameraQuery.Offline], query.Connections, ConnectionOf, label);

    /// <summary>How many are in which power state.</summary>
    public static IReadOnlyList<FilterOption> Powers(IReadOnlyCollection<ListedCamera> cameras, CameraQuery query, Func<string, string> label) =>
        Options([.. Matching(cameras, query with { Powers = FilterValues.None })], [Soracom.Api.SoraCam.CameraPowerState.On, Soracom.Api.SoraCam.CameraPowerState.Sleep], query.Powers, camera => camera.Power, label);

    /// <summary>How many have which kind of licence, among those whose licence is known.</summary>
    public static IReadOnlyList<FilterOption> Licences(IReadOnlyCollection<ListedCamera> cameras, CameraQuery query, Func<string, string> label) =>
        Options(
            [.. Matching(cameras, query with { Licences = FilterValues.None })],
            [NameOf(CameraLicenceKind.None), NameOf(CameraLicenceKind.Continuous), NameOf(CameraLicenceKind.Motion)],
            query.Licences,
            LicenceOf,
            label);

    private static IReadOnlyList<FilterOption> Options(
        IReadOnlyCollection<ListedCamera> cameras, IReadOnlyList<string> usual, FilterValues chosen, Func<ListedCamera, string?> valueOf, Func<string, string> label) =>
        [.. usual
            .Concat(cameras.Select(valueOf).OfType<string>().Where(value => value.Length > 0).Order(StringComparer.Ordinal))
            .Concat(chosen)
            .Distinct(StringComparer.Ordinal)
            .Select(value => new FilterOption(value, label(value)) { Count = cameras.Count(camera => valueOf(camera) == value) })];

    private static IEnumerable<ListedCamera> Matching(IEnumerable<ListedCamera> cameras, CameraQuery query)
    {
        var words = Folding.Words(query.Text);
        return cameras.Where(camera =>
            query.Connections.Allows(ConnectionOf(camera))
            && query.Powers.Allows(camera.Power)
            && query.Licences.Allows(LicenceOf(camera))
            && (!query.FirmwareWaiting || camera.NextFirmware is not null)
            && words.All(word => camera.Text.Contains(word, StringComparison.Ordinal)));
    }

    private static string ConnectionOf(ListedCamera camera) => camera.Connected ? CameraQuery.Connected : CameraQuery.Offline;

    private static string? LicenceOf(ListedCamera camera) => camera.Known is { Licence.Kind: var kind } ? NameOf(kind) : null;

    private static string NameOf(CameraLicenceKind kind) => kind.ToString().ToLowerInvariant();

    private static IOrderedEnumerable<ListedCamera> Ordered<T>(IEnumerable<ListedCamera> cameras, CameraQuery query, Func<ListedCamera, T?> key)
        where T : struct
    {
        var known = cameras.OrderBy(camera => key(camera) is null);
        return query.Descending ? known.ThenByDescending(key) : known.ThenBy(key);
    }

    private static IOrderedEnumerable<ListedCamera> Ordered(IEnumerable<ListedCamera> cameras, CameraQuery query, Func<ListedCamera, string?> key)
    {
        var known = cameras.OrderBy(camera => key(camera) is null);
        return query.Descending ? known.ThenByDescending(key, StringComparer.Ordinal) : known.ThenBy(key, StringComparer.Ordinal);
    }

    private static string? NameOf(ListedCamera camera) => Names.IsBlank(camera.Name) ? null : Folding.Fold(camera.Name);
}
