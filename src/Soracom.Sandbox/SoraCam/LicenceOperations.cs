using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using static Soracom.Sandbox.SoraCam.SoraCamCalls;

namespace Soracom.Sandbox.SoraCam;

/// <summary>Licences: on cameras, and in packs that are bought.</summary>
internal static class LicenceOperations
{
    private const int MostLicences = 10_000;

    public static IReadOnlyList<Operation> All { get; } =
    [
        Row("PUT", "/devices/{device_id}/atom_cam/license", "assignSoraCamDeviceAtomCamLicense", Assign),
        Row("DELETE", "/devices/{device_id}/atom_cam/license", "unassignSoraCamDeviceAtomCamLicense", Unassign),
        Row("GET", "/license_packs", "listSoraCamLicensePacks", ListPacks),
        Row("PUT", "/license_packs/{license_pack_id}/quantity", "updateSoraCamLicensePackQuantity", SetQuantity),
    ];

    private static Answer Assign(Call call)
    {
        var (part, camera) = (call.SoraCam(), call.Camera());
        var id = call.Body.Object().Choice("type", [.. Licence.All.Select(licence => licence.Id)]) ?? throw new VendorException(VendorErrors.Required, "type");
        EnsureOwn(camera);
        if (camera.LicenceId == id)
        {
            return Answer.NotModified;
        }

        if (part.InUse(id) >= part.Quantity(id))
        {
            throw new VendorException(SoraCamErrors.NoFreeLicence);
        }

        call.Put(camera with { LicenceId = id });
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", id);
            json.WriteEndObject();
        });
    }

    private static Answer Unassign(Call call)
    {
        var camera = call.Camera();
        EnsureOwn(camera);
        if (camera.LicenceId is null)
        {
            throw new VendorException(SoraCamErrors.NoLicence);
        }

        call.Put(camera with { LicenceId = null });
        return Answer.NoContent;
    }

    private static Answer ListPacks(Call call)
    {
        EnsureInJapan(call);
        var part = call.SoraCam();
        (Licence Licence, int Quantity, int InUse)[] packs = [.. Licence.All.Select(licence => (licence, part.Quantity(licence.Id), part.InUse(licence.Id)))];
        return Answer.Ok(json =>
        {
            json.WriteStartArray();
            foreach (var (licence, quantity, inUse) in packs)
            {
                json.WriteStartObject();
                json.WriteString("id", licence.Id);
                json.WriteString("name", licence.PackName);
                json.WriteNumber("quantity", quantity);
                json.WriteNumber("quantityInUse", inUse);
                json.WriteString("salesChannel", "SORACOM Inc.");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>The present quantity that the caller names guards against two who change it at once.</summary>
    private static Answer SetQuantity(Call call)
    {
        EnsureInJapan(call);
        var part = call.SoraCam();
        var licence = Licence.Find(call.Path["license_pack_id"]) ?? throw new VendorException(SoraCamErrors.NoSuchPack);
        var body = call.Body.Object();
        var current = body.Integer("currentQuantity", 0, MostLicences) ?? throw new VendorException(VendorErrors.Required, "currentQuantity");
        var desired = body.Integer("desiredQuantity", 0, MostLicences) ?? throw new VendorException(VendorErrors.Required, "desiredQuantity");
        if (current != part.Quantity(licence.Id))
        {
            throw new VendorException(SoraCamErrors.QuantityHasChanged, $"{part.Quantity(licence.Id)}");
        }

        if (desired < part.InUse(licence.Id))
        {
            throw new VendorException(SoraCamErrors.QuantityInUse, $"{part.InUse(licence.Id)}");
        }

        part.SetQuantity(licence.Id, (int)desired, call.Now);
        return Answer.NoContent;
    }

    private static void EnsureOwn(Camera camera)
    {
        if (camera.IsShared)
        {
            throw new VendorException(SoraCamErrors.Shared);
        }
    }

    private static void EnsureInJapan(Call call)
    {
        if (call.Coverage != Coverage.Japan)
        {
            throw new VendorException(SoraCamErrors.JapanOnly);
        }
    }
}
