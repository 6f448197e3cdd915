using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Query;

/// <summary>What of a device a parameter of a search looks at.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Match">How values are compared; never by case.</param>
/// <param name="Values">The values of a device and of the group that it is in.</param>
internal sealed record DeviceField<T>(string Parameter, SearchMatch Match, Func<T, Group?, IEnumerable<string?>> Values);

/// <summary>Searches over devices that are no SIMs, by the rules of <see cref="SimSearch"/>. They are few: there is no index.</summary>
internal static class DeviceSearch
{
    private const int ShortestValue = 2;

    /// <summary>One page of the devices that match, in the order of their ids.</summary>
    /// <param name="call">The call with the values.</param>
    /// <param name="devices">All that there are.</param>
    /// <param name="fields">The parameters that it has.</param>
    /// <param name="limit">The most devices a page holds.</param>
    /// <exception cref="VendorException">A value is too short.</exception>
    public static Page<T> Find<T>(Call call, IEnumerable<T> devices, IReadOnlyList<DeviceField<T>> fields, int limit)
        where T : IDevice
    {
        var any = call.Query.Choice("search_type", "and", "and", "or") == "or";
        (DeviceField<T> Field, string Value)[] conditions = [.. fields.SelectMany(field => Values(call.Query, field.Parameter).Select(value => (field, value)))];
        var after = call.LastEvaluatedKey();
        var found = devices
            .Where(device => after is null || string.CompareOrdinal(device.DeviceId, after) > 0)
            .Where(Matches)
            .OrderBy(device => device.DeviceId, StringComparer.Ordinal)
            .Take(limit + 1);
        return Page<T>.Of([.. found], limit, device => device.DeviceId);

        bool Matches(T device)
        {
            var group = device.GroupId is { } groupId ? call.Data.FindGroup(groupId) : null;
            bool Meets((DeviceField<T> Field, string Value) condition) =>
                condition.Field.Values(device, group).Any(value => value is not null && Fits(value, condition.Value, condition.Field.Match));
            return conditions.Length == 0 || (any ? conditions.Any(Meets) : conditions.All(Meets));
        }
    }

    private static bool Fits(string value, string wanted, SearchMatch match) => match == SearchMatch.Part
        ? value.Contains(wanted, StringComparison.OrdinalIgnoreCase)
        : value.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static string[] Values(QueryValues query, string parameter)
    {
        string[] values = [.. query.List(parameter)];
        return values.All(value => value.Length >= ShortestValue)
            ? values
            : throw new VendorException(VendorErrors.TooShort, parameter, $"{ShortestValue}");
    }
}

/// <summary>A device that can be searched for.</summary>
internal interface IDevice
{
    string DeviceId { get; }

    string? GroupId { get; }
}
