using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Orders;

/// <summary>The SIMs of an order: what they are to be like, which they are, and their registration.</summary>
internal static class OrderedSimOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("PUT", "/orders/{order_id}/resource_initial_setting", "updateOrderedResourceInitialSetting", "Order:updateOrderedResourceInitialSetting", SetUp),
        new("GET", "/orders/{order_id}/subscribers", "listOrderedSubscribers", "Order:listOrderedSubscribers", Subscribers),
        new("POST", "/orders/{order_id}/subscribers/register", "registerOrderedSim", "Order:registerOrderedSim", Register),
    ];

    private static Answer SetUp(Call call)
    {
        var order = OrderOperations.Find(call);
        var settings = new Dictionary<string, InitialSetting>(StringComparer.Ordinal);
        foreach (var setting in call.Body.Object().Object("simInitialSettings")?.Members ?? [])
        {
            settings[setting.Name] = Setting(call, setting);
        }

        if (order.Received is not null || order.Cancelled is not null)
        {
            throw new VendorException(OrderErrors.Received);
        }

        var changed = order with { Settings = settings };
        call.Data.Part<OrdersPart>().Put(changed);
        return OrderOperations.One(call, changed);
    }

    private static InitialSetting Setting(Call call, JsonProperty setting)
    {
        var fields = setting.Value.ValueKind == JsonValueKind.Object ? new JsonFields(setting.Value) : throw new VendorException(VendorErrors.NotAnObject, setting.Name);
        var (groupId, speedClass) = (fields.Text("groupId"), fields.Text("speedClass"));
        var tags = fields.Object("tags")?.TextMembers();
        var known = Subscriptions.Names.Contains(setting.Name, StringComparer.Ordinal)
            && (groupId is null || call.Data.FindGroup(groupId) is not null)
            && (speedClass is null || Subscriptions.Of(setting.Name).SpeedClasses.Append(SimStock.SpeedClassOf(Subscriptions.Of(setting.Name))).Contains(speedClass, StringComparer.Ordinal));
        return known ? new InitialSetting(groupId, speedClass, tags) : throw new VendorException(OrderErrors.BadSetting, setting.Name);
    }

    /// <summary>A page as an object. Before the parcel is packed nobody knows its SIMs.</summary>
    private static Answer Subscribers(Call call)
    {
        var sims = OrderOperations.Find(call).Sims;
        var first = call.LastEvaluatedKey() is { } key ? sims.FindIndex(sim => sim.SimId == key) + 1 : 0;
        var page = Page<OrderedSim>.Of([.. sims.Skip(first).Take(call.PageSize() + 1)], call.PageSize(), sim => sim.SimId);
        return Answer.Page(call, page, Write) is { Json: { } array } answer
            ? answer with
            {
                Json = json =>
                {
                    json.WriteStartObject();
                    json.WritePropertyName("orderedSubscriberList");
                    array(json);
                    json.WriteEndObject();
                },
            }
            : throw new InvalidOperationException("A page is JSON.");
    }

    private static void Write(Utf8JsonWriter json, OrderedSim sim)
    {
        json.WriteStartObject();
        json.WriteString("simId", sim.SimId);
        json.WriteString("imsi", sim.Imsi);
        json.WriteString("iccid", sim.SimId);
        if (sim.Msisdn is { } msisdn)
        {
            json.WriteString("msisdn", msisdn);
        }

        if (sim.SerialNumber is { } serialNumber)
        {
            json.WriteString("serialNumber", serialNumber);
        }

        json.WriteStrings("bundles", sim.Bundles);
        json.WriteEndObject();
    }

    /// <summary>Those that somebody has registered one by one meanwhile stay as they are.</summary>
    private static Answer Register(Call call)
    {
        var order = OrderOperations.Find(call);
        if (order.Shipped is null)
        {
            throw new VendorException(OrderErrors.NotShipped);
        }

        if (order.Received is not null)
        {
            throw new VendorException(OrderErrors.Received);
        }

        var stock = call.Data.Part<SimStock>();
        foreach (var packed in order.Sims)
        {
            if (packed.Secret is { } secret && stock.Take(sim => sim.SimId == packed.SimId, secret) is { } sim)
            {
                SimRegistration.Admit(call, SetUp(call, sim, order.Settings?.GetValueOrDefault(sim.PrimarySubscriber.Subscription)));
            }
        }

        call.Data.Part<OrdersPart>().Put(order with { Received = call.Now });
        return Answer.NoContent;
    }

    /// <summary>A group that is gone by now is passed over.</summary>
    private static Sim SetUp(Call call, Sim sim, InitialSetting? setting) => setting is null ? sim : sim with
    {
        GroupId = setting.GroupId is { } groupId ? call.Data.FindGroup(groupId)?.GroupId : null,
        SpeedClass = setting.SpeedClass ?? sim.SpeedClass,
        Tags = setting.Tags?.Aggregate(sim.Tags, (tags, tag) => tags.With(tag.Key, tag.Value)) ?? sim.Tags,
    };
}
